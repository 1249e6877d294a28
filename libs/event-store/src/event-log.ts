import type { Uuid } from '#crm';
import { type Drafted, decode, draft, encode, keyIdOf } from './codec/codec.js';
import type { Registry } from './codec/registry.js';
import type { EventLog, LogAppend, Logged } from './event-log.port.js';
import type { EventStore, StoredEvent } from './event-store.port.js';
import { createKeyCache } from './key-ring/key-cache.js';
import { createKeyPool } from './key-ring/key-pool.js';
import type { DataKey, KeyRing } from './key-ring/key-ring.port.js';

export interface EventLogParts {
  readonly store: EventStore;
  readonly registry: Registry;
  readonly keys: KeyRing;
}

/** The event log of a process. It closes neither the store nor the key ring. */
export interface SealingEventLog extends EventLog {
  /**
   * Deletes keys in the ring and from this process's memory: what they sealed reads as erased from now on. A stream can have
   * several keys; all that its events name must go.
   */
  erase(keyIds: readonly Uuid[]): Promise<void>;
}

/** Puts the codec in front of a store: types, versions and sealed personal parts (DESIGN.md "Personal data"). */
export function createEventLog({ store, registry, keys }: EventLogParts): SealingEventLog {
  const pool = createKeyPool(keys);
  const cache = createKeyCache(keys);

  /** The stream's own key; a fresh one for a new stream, or when the stream's was deleted. */
  async function keyFor({ keyId }: LogAppend): Promise<DataKey> {
    const own = keyId && (await cache.load(new Set([keyId]))).get(keyId);
    if (own) return own;
    const fresh = await pool.take();
    cache.remember(fresh);
    return fresh;
  }

  async function open(stored: readonly StoredEvent[], sealed = false): Promise<readonly Logged[]> {
    if (sealed) return stored.map((event) => decode(registry, event, 'closed'));
    const named = new Set<Uuid>();
    for (const event of stored) {
      const keyId = keyIdOf(event);
      if (keyId !== undefined) named.add(keyId);
    }
    const found = named.size === 0 ? undefined : await cache.load(named);
    return stored.map((event) => decode(registry, event, found?.get(keyIdOf(event) ?? '')));
  }

  return {
    positionStep: store.positionStep,
    append: async (append) => {
      const { stream, expected } = append;
      const drafted: Drafted[] = append.events.map((event) => draft(registry, stream, event));
      const personal = drafted.some((one) => one.personal !== undefined);
      const key = personal ? await keyFor(append) : undefined;
      const events = drafted.map((one) => encode(stream, one, key));
      const appended = await store.append({ stream, expected, events });
      const keyId = key?.id ?? append.keyId;
      return { ...appended, ...(keyId !== undefined && { keyId }) };
    },
    readStream: async ({ sealed, ...read }) => {
      const stored = await store.readStream(read);
      const newestFirst = read.direction === 'backwards' ? stored : [...stored].reverse();
      const keyId = newestFirst.map(keyIdOf).find((id) => id !== undefined);
      return { events: await open(stored, sealed), ...(keyId !== undefined && { keyId }) };
    },
    readAll: async ({ sealed, ...read }) => open(await store.readAll(read), sealed),
    subscribe: async function* ({ sealed, ...request }) {
      for await (const { events, checkpoint, live } of store.subscribe(request)) {
        yield { events: await open(events, sealed), checkpoint, live };
      }
    },
    head: () => store.head(),
    erase: (keyIds) => cache.delete(keyIds),
  };
}
