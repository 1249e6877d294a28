import { randomUUID } from 'node:crypto';
import type { JsonObject, Position } from '#crm';
import type {
  Append,
  EventBatch,
  EventData,
  EventStore,
  StoredEvent,
} from '../event-store.port.js';

/** An event store under test. */
export interface OpenedEventStore {
  readonly store: EventStore;
  /** Opens the same log again after `store` was closed. Absent where the log does not outlive the store. */
  readonly reopen?: () => Promise<EventStore>;
  readonly cleanup: () => Promise<void>;
}

/** A stream that no other test has. */
export function newStream(prefix = 'lead'): string {
  return `${prefix}-${randomUUID()}`;
}

export function event(data: JsonObject = {}, over: Partial<EventData> = {}): EventData {
  return { id: randomUUID(), type: 'Tested', data, metadata: { schemaVersion: 1 }, ...over };
}

export function events(count: number, from = 0): readonly EventData[] {
  return Array.from({ length: count }, (_, index) => event({ n: from + index }));
}

/** An append of `count` events to a stream of its own. */
export function toNewStream(count = 1, stream = newStream()): Append {
  return { stream, expected: 'no_stream', events: events(count) };
}

/** What a read must give of an event that was appended. */
export function contentOf({ id, type, data, metadata }: EventData): EventData {
  return { id, type, data, metadata };
}

export function numbers(stored: readonly StoredEvent[]): unknown[] {
  return stored.map(({ data }) => data.n);
}

/** Takes batches until `enough` says so, then ends the subscription. */
export async function collect(
  store: EventStore,
  request: { after?: Position; prefixes?: readonly string[]; batchSize?: number },
  enough: (events: readonly StoredEvent[], batch: EventBatch) => boolean,
  onBatch: (batch: EventBatch) => Promise<void> | void = () => {},
): Promise<{ events: StoredEvent[]; batches: EventBatch[] }> {
  const ending = new AbortController();
  const collected: StoredEvent[] = [];
  const batches: EventBatch[] = [];
  for await (const batch of store.subscribe({ ...request, signal: ending.signal })) {
    collected.push(...batch.events);
    batches.push(batch);
    await onBatch(batch);
    if (enough(collected, batch)) ending.abort();
  }
  return { events: collected, batches };
}
