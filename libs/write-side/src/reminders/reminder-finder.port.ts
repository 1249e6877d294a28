import type { Instant, Position, TimedRef, Uuid } from '#crm';

/** A deadline that somebody may have to be reminded of, as a read model has it. */
export interface FoundDeadline {
  readonly type: TimedRef['type'];
  readonly recordId: Uuid;
  readonly deadlineId: Uuid;
  /** How many reminders of it there were, and for what moment the latest. */
  readonly reminders: number;
  readonly remindedFor?: Instant;
}

/** Finds what is due. It only finds: the process confirms against the streams. */
export interface ReminderFinder {
  /** Due by `now`, the longest waiting first. */
  find(query: {
    readonly now: Instant;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly documents: readonly FoundDeadline[]; readonly next?: string }>;
  /** Waits a while until what is found includes this; false when it takes longer. */
  reached(position: Position): Promise<boolean>;
}

/** Who there is to be reminded. */
export interface ReminderRecipients {
  isActiveUser(id: Uuid): boolean;
  /** Empty when there is no such team. */
  membersOf(teamId: Uuid): readonly Uuid[];
}
