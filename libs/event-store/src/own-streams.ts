import type { EventStore, ReadAll, StoredEvent } from './event-store.port.js';

/** What `EVENTSTORE_PREFIX` puts in front of a name; no name of our own has a dot there. */
const PREFIXED = /^[A-Za-z0-9.]*\./;

const isOwn = ({ stream }: StoredEvent) => !PREFIXED.test(stream);

/**
 * A store without the streams of installations that share the server under a prefix, or under a longer one: they are no part of this
 * log, and must be neither told to its readers nor copied with it.
 */
export function ownStreamsOnly(store: EventStore): EventStore {
  return {
    positionStep: store.positionStep,
    append: (append) => store.append(append),
    readStream: (read) => store.readStream(read),
    readAll: (read) => readOwn(store, read),
    async *subscribe(request) {
      for await (const batch of store.subscribe(request)) {
        yield { ...batch, events: batch.events.filter(isOwn) };
      }
    },
    head: () => store.head(),
    close: () => store.close(),
  };
}

/** Read at once at least, so that a long stretch of others' events is not gone through one by one for who asks for the first. */
const PAGE = 500;

/** Reads on until there are as many as were asked for: fewer would say that the log ends there. */
async function readOwn(store: EventStore, read: ReadAll): Promise<readonly StoredEvent[]> {
  const page = await store.readAll(read);
  let own = page.filter(isOwn);
  for (let last = page.length < read.limit ? undefined : page.at(-1); last; ) {
    const missing = read.limit - own.length;
    if (missing <= 0) break;
    // `from` is inclusive, so that the last one comes again.
    const limit = Math.max(read.limit, PAGE) + 1;
    const next = await store.readAll({ ...read, from: last.position, limit });
    own = [...own, ...next.slice(1).filter(isOwn).slice(0, missing)];
    last = next.length < limit ? undefined : next.at(-1);
  }
  return own;
}
