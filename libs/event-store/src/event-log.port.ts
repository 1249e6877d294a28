import type { DomainEvent, EventMetadata, Position, Recorded, Revision, Uuid } from '#crm';
import type {
  Appended,
  ExpectedRevision,
  ReadAll,
  ReadStream,
  Subscribe,
} from './event-store.port.js';

/** A domain event on its way into the log. */
export interface NewEvent {
  readonly id: Uuid;
  readonly event: DomainEvent;
  readonly metadata: Omit<EventMetadata, 'schemaVersion'>;
}

export interface LogAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /** The stream's key as its earlier events name it (`LogSlice.keyId`); a new stream gets one from the pool. */
  readonly keyId?: Uuid;
}

/**
 * An event read from the log. `unreadable` marks one that this version of the product does not understand: it passes as it is
 * stored, for readers to park.
 * - `unknown-type`: the type has no definition
 * - `unknown-version`: its version is newer than the definition's, or not one
 * - `upcast-failed`: an upcaster threw
 */
export type Logged = Recorded & {
  readonly unreadable?: 'unknown-type' | 'unknown-version' | 'upcast-failed';
};

/** A stream's events, decoded. */
export interface LogSlice {
  readonly events: readonly Logged[];
  /** The key that seals the stream's personal parts, when an event read had one. */
  readonly keyId?: Uuid;
}

export interface LogBatch {
  readonly events: readonly Logged[];
  readonly checkpoint: Position;
  readonly live: boolean;
}

/** How far to decode. */
export interface Decoding {
  /** Leaves sealed parts closed and spares loading keys; personal values are then absent. Default: opened. */
  readonly sealed?: boolean;
}

/**
 * The event store with the codec in front: domain events in, upcast domain events out, personal parts sealed at rest.
 * Errors are the store's; an event type without a definition is `UnknownEventType` on append, and passes through on reading.
 */
export interface EventLog {
  /** See `EventStore`. */
  readonly positionStep: number;
  append(append: LogAppend): Promise<Appended & { readonly keyId?: Uuid }>;
  readStream(read: ReadStream & Decoding): Promise<LogSlice>;
  readAll(read: ReadAll & Decoding): Promise<readonly Logged[]>;
  subscribe(subscribe: Subscribe & Decoding): AsyncIterable<LogBatch>;
  head(): Promise<Position>;
}

export type { Appended, ExpectedRevision, Position, Revision };
