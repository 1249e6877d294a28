import { AppendTooLarge, InvalidAppend, OutcomeUnknown, WrongExpectedRevision } from './errors.js';
import type { EventStore, StoredEvent } from './event-store.port.js';
import { checkStream } from './prepare-append.js';

/**
 * A store in which every stream's name begins with `prefix`, seen without it: installations that share a server see each its own
 * streams. Positions are the server's, so its head may be another installation's event.
 */
export function prefixedEventStore(store: EventStore, prefix: string): EventStore {
  const named = (event: StoredEvent): StoredEvent => ({
    ...event,
    stream: event.stream.slice(prefix.length),
  });
  const within = (prefixes: readonly string[] = ['']) => prefixes.map((one) => prefix + one);
  return {
    positionStep: store.positionStep,
    async append(append) {
      const { stream } = append;
      // As a name of its own: the prefix would hide what is wrong with it.
      checkStream(stream);
      try {
        return await store.append({ ...append, stream: prefix + stream });
      } catch (error) {
        throw renamed(error, stream);
      }
    },
    async readStream(read) {
      return (await store.readStream({ ...read, stream: prefix + read.stream })).map(named);
    },
    async readAll(read) {
      return (await store.readAll({ ...read, prefixes: within(read.prefixes) })).map(named);
    },
    async *subscribe(request) {
      const batches = store.subscribe({ ...request, prefixes: within(request.prefixes) });
      for await (const batch of batches) yield { ...batch, events: batch.events.map(named) };
    },
    head: () => store.head(),
    close: () => store.close(),
  };
}

/** The error as it is told of the stream by its own name. */
function renamed(error: unknown, stream: string): unknown {
  if (error instanceof WrongExpectedRevision) {
    return new WrongExpectedRevision(stream, error.expected, error.actual);
  }
  if (error instanceof InvalidAppend) return new InvalidAppend(stream, error.why);
  if (error instanceof AppendTooLarge) return new AppendTooLarge(stream, error.bytes, error.limit);
  if (error instanceof OutcomeUnknown) return new OutcomeUnknown(stream, error.why);
  return error;
}
