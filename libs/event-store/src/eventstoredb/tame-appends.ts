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

/**
 * Mends what in the client's shared append call ends a process or loses the order of appends. Nothing else here knows how the
 * client is made.
 */
export function tameAppends(client: EventStoreDBClient): void {
  const inside = client as unknown as Inside;
  const create = inside.GRPCStreamCreator;
  // The first append of a call takes longer to get it than the second, which would overtake it.
  let previous: Promise<unknown> = Promise.resolve();
  inside.GRPCStreamCreator = (service, name, creator, cache) => {
    if (!cache) return create(service, name, creator);
    const open = create(service, name, (grpc) => tame(creator(grpc)), cache);
    return () => {
      const call = previous.then(open, open);
      previous = call;
      return call;
    };
  };
}

function tame(call: Duplex): Duplex {
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
