import type { Instant, Position, Revision, Uuid } from './ids.js';

/** What happened: a past-tense type and its facts. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Who is answerable for an event: a signed-in user, or a named process of the product itself. */
export interface Actor {
  readonly kind: 'user' | 'process';
  /** The user's id, or the process's name. Never a person's name. */
  readonly id: string;
}

/** What is known about an event beside its facts. */
export interface EventMetadata {
  /** Version of the event type's shape, from 1. */
  readonly schemaVersion: number;
  readonly actor: Actor;
  /** The command that decided the event. Ids of its events and of records it created derive from it. */
  readonly commandId: Uuid;
  /** The same for everything that one request set off. */
  readonly correlationId: Uuid;
  /** The command or event that this one follows from. */
  readonly causationId: Uuid;
  /** When the product learned it. Kept when a log is copied to another store. */
  readonly recordedAt: Instant;
  /** When it happened in the world; equal to `recordedAt` unless the command said otherwise. */
  readonly occurredAt: Instant;
  /** How many settings events had happened for the decision; settings are read as of this when replayed. */
  readonly settingsRevision: Revision;
  /** Fingerprint of the command's content, to tell a repeat from another command under the same key. */
  readonly commandHash?: string;
}

/** An event with its place in the log. `Event` is a union of `DomainEvent`s; the type narrows on `type`. */
export type Recorded<Event extends DomainEvent = DomainEvent> = Event & {
  readonly id: Uuid;
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  readonly metadata: EventMetadata;
  /** Set when the personal part can no longer be opened because its key was deleted. */
  readonly erased?: true;
};

/** What `evolve` may look at: an event before or after it has its place in the log. */
export type Happened<Event extends DomainEvent = DomainEvent> = Event & {
  readonly metadata: Pick<
    EventMetadata,
    'actor' | 'occurredAt' | 'recordedAt' | 'commandId' | 'correlationId'
  >;
};
