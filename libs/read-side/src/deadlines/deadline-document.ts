import type { Instant, Position, TimedRef, Uuid } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import { timelineLinks } from '../timeline/timeline-link.js';

/** A deadline that waits for something to be done, with the reminders that there were. What is done has none. */
export interface DeadlineDocument extends Document {
  /** `opportunity:<id>`, `activity:<id>`: each has one deadline at most. */
  readonly id: string;
  readonly type: TimedRef['type'];
  readonly recordId: Uuid;
  readonly deadlineId: Uuid;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly entryId?: string;
  readonly repeatHours?: number;
  readonly snoozedUntil?: Instant;
  /** Whose it is. */
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  /** Of an activity, as its rights go by it: the same as `ownerId`. */
  readonly assigneeId?: Uuid;
  /** How many times somebody was reminded, and of what moment's coming at last. */
  readonly reminders: number;
  readonly remindedFor?: Instant;
  /** When somebody is to be reminded next. */
  readonly nextAt?: Instant;
  readonly position: Position;
}

/** What to remind of now; what is overdue, in all, of a person, of a team. */
export const DEADLINES: CollectionDefinition = {
  name: 'deadlines',
  version: 2,
  indexes: [
    { fields: ['nextAt'] },
    { fields: ['dueAt'] },
    { fields: ['ownerId', 'dueAt'] },
    { fields: ['teamId', 'dueAt'] },
  ],
};

/** From an opportunity, an activity and what it is about to the reminders that there were. */
export const REMINDER_LINKS = timelineLinks('reminder_links');
