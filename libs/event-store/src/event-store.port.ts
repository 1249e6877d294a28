import type { JsonObject, Position, Revision, Uuid } from '#crm';

/** An event to be appended. `data` and `metadata` are JSON objects; only the bytes of `data` count against the limit. */
export interface EventData {
  readonly id: Uuid;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** An event as the store keeps it. */
export interface StoredEvent extends EventData {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** The revision of the stream's last event, or that there is none. There is no `any`: it cannot be retried safely. */
export type ExpectedRevision = Revision | 'no_stream';

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** At least one. */
  readonly events: readonly EventData[];
}

export interface Appended {
  /** Revision and position of the last event of the append. */
  readonly revision: Revision;
  readonly position: Position;
}

export interface ReadStream {
  readonly stream: string;
  readonly direction?: 'forwards' | 'backwards';
  /** Inclusive. Default: the first event forwards, the last backwards. */
  readonly from?: Revision;
  /** Default: no limit. */
  readonly limit?: number;
}

export interface ReadAll {
  readonly direction?: 'forwards' | 'backwards';
  /** Inclusive, and one that the store gave: not every store can read from another. Default: the first event forwards, the last backwards. */
  readonly from?: Position;
  /** Largest number of events returned. */
  readonly limit: number;
  /** Only streams whose name starts with one of these. Default: all. */
  readonly prefixes?: readonly string[];
}

export interface Subscribe {
  /** Exclusive: the last position already handled, as the store gave it. Default: from the beginning. */
  readonly after?: Position;
  readonly prefixes?: readonly string[];
  /** Most events in a batch, from 1. Default 500. */
  readonly batchSize?: number;
  /** Ends the subscription: the iteration completes without an error. */
  readonly signal: AbortSignal;
}

export interface EventBatch {
  /** In order of position; may be empty when only the checkpoint or `live` has news. */
  readonly events: readonly StoredEvent[];
  /** Everything up to here, inclusive, has been delivered or filtered out: resume `after` it. */
  readonly checkpoint: Position;
  /** True when the subscription had caught up with the head as it read this batch. */
  readonly live: boolean;
}

/** Largest sum of data bytes (JSON as UTF-8) in one append: 1 MiB, EventStoreDB's limit. */
export const MAX_APPEND_BYTES = 1_048_576;

/**
 * Largest sum of metadata bytes in one append. EventStoreDB does not count them; but a message of some 16 MiB breaks the connection that all
 * appends share, for whoever sends it and for everybody else.
 */
export const MAX_METADATA_BYTES = 1_048_576;

/** The position of `head()` when the log is empty; smaller than every event's. */
export const BEFORE_FIRST: Position = -1;

/**
 * An append-only log of events in streams. Atomic for one stream only.
 * Promises of every adapter, held by `event-store.contract.ts`:
 * - an acknowledged append is on disk and survives `kill -9`
 * - repeating an append with the same event ids and the same expected revision answers with the first result
 *   and stores nothing; with an exact revision a prefix of what was stored there matches, more than was stored is a wrong revision
 * - readers see whole appends, in one order of positions
 */
export interface EventStore {
  /** About how far the positions of two events in a row are apart: 1, or the bytes of an event. Turns a lag into a number of events. */
  readonly positionStep: number;
  /**
   * @throws WrongExpectedRevision the stream is elsewhere
   * @throws InvalidAppend a bad id, type, stream name or no event; nothing was sent
   * @throws AppendTooLarge more than `MAX_APPEND_BYTES` of data, or `MAX_METADATA_BYTES` of metadata
   * @throws StoreUnavailable certainly not stored, try again later
   * @throws OutcomeUnknown may or may not be stored: repeat with the same ids and expected revision
   */
  append(append: Append): Promise<Appended>;
  /** Empty when the stream does not exist. */
  readStream(read: ReadStream): Promise<readonly StoredEvent[]>;
  /** @throws UnknownPosition the store cannot read from `from`, which it did not give */
  readAll(read: ReadAll): Promise<readonly StoredEvent[]>;
  /** Catch-up that turns live, at least once, in order, without gap or repeat within one iteration. Pull-based: a slow consumer holds nothing but its batch. */
  subscribe(subscribe: Subscribe): AsyncIterable<EventBatch>;
  /** Position of the last event, or `BEFORE_FIRST`. */
  head(): Promise<Position>;
  /** Finishes accepted appends, ends subscriptions, lets go of the folder or connection. */
  close(): Promise<void>;
}
