import type { Duplex } from 'node:stream';
import type { EventStoreDBClient } from '@eventstore/db-client';

/** How the client makes its calls, which it lets subclasses change. A cache is given for the call that appends share. */
interface Inside {
  GRPCStreamCreator(
    service: unknown,
    name: string,
    create: (grpc: unknown) => Duplex,
    cache?: object,
  ): () => Promise<Duplex>;
}

/** Errors of a call that appends were rejected with which went by another one. */
const ofAnotherCall = new WeakSet<object>();

/**
 * Whether the error may tell nothing of the append that was rejected with it: the client rejects all that are pending when a call breaks,
 * and after a change of connection there can be two.
 */
export function concernsOtherCalls(error: unknown): boolean {
  const raw = (error as { _raw?: unknown } | undefined)?._raw ?? error;
  return typeof raw === 'object' && raw !== null && ofAnotherCall.has(raw);
}

/**
 * Mends what in the client's shared append call ends a process or loses the order of appends. Nothing else here knows how the
 * client is made.
 */
export function tameAppends(client: EventStoreDBClient): void {
  const inside = client as unknown as Inside;
  const create = inside.GRPCStreamCreator;
  // The first append of a call takes longer to get it than the second, which would overtake it.
  let previous: Promise<unknown> = Promise.resolve();
  const calls = new Set<Duplex>();
  inside.GRPCStreamCreator = (service, name, creator, cache) => {
    if (!cache) return create(service, name, creator);
    const open = create(service, name, (grpc) => tame(creator(grpc), calls), cache);
    return () => {
      const call = previous.then(open, open);
      previous = call;
      return call;
    };
  };
}

function tame(call: Duplex, calls: Set<Duplex>): Duplex {
  calls.add(call);
  call.once('status', () => calls.delete(call));
  call.prependListener('error', (error: Error) => {
    calls.delete(call);
    if (calls.size > 0) ofAnotherCall.add(error);
  });
  // The client rejects what waits for room when the call breaks, and nobody listens: an unhandled rejection for each. So
  // nothing is told to wait; callers wait for their answers anyway.
  const write = call.write.bind(call) as (message: unknown) => boolean;
  call.write = (message: unknown) => {
    write(message);
    return true;
  };
  const answers = call.listeners('data') as ((answer: unknown) => void)[];
  call.removeAllListeners('data');
  for (const take of answers) {
    call.on('data', (answer) => {
      try {
        take(answer);
      } catch {
        // The answer to an append that the client has given up already, with all others, when another call broke. Its
        // caller was told that the outcome is unknown, and asks again.
      }
    });
  }
  return call;
}
