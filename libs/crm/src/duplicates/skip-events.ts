import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';
import type { RecordType } from '../record/record-type.js';

/** Two records of one type that somebody has looked at together. */
export type RecordPair = {
  readonly type: RecordType;
  /** In the order of their ids, so that a pair has one name. */
  readonly ids: readonly [Uuid, Uuid];
};

export type DuplicateSkipped = DomainEvent<'DuplicateSkipped', RecordPair>;
export type DuplicateSkipWithdrawn = DomainEvent<'DuplicateSkipWithdrawn', RecordPair>;
export type SkipEvent = DuplicateSkipped | DuplicateSkipWithdrawn;

export const SKIP_EVENTS: readonly EventDefinition[] = [
  defineEvent('DuplicateSkipped', 'Two records that look like the same are not.'),
  defineEvent('DuplicateSkipWithdrawn', 'Two records may be the same after all.'),
];
