import type { Decider, DecisionContext } from '../kernel/decider.js';
import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import { deriveId, type Instant, type Uuid } from '../kernel/ids.js';
import { later } from '../kernel/instant.js';
import type { Assignee } from '../record/change.js';
import type { RecordRef } from '../record/record-type.js';
import type { Deadline } from './deadline.js';

/** What somebody is reminded of. */
export type TimedRef = { readonly type: 'opportunity' | 'activity'; readonly id: Uuid };

export type ReminderIssued = DomainEvent<
  'ReminderIssued',
  {
    readonly record: TimedRef;
    /** The records that an activity is about. */
    readonly about?: readonly RecordRef[];
    readonly deadlineId: Uuid;
    /** How many times of this deadline, from 1. Those that nobody was there to issue in time are not made up for. */
    readonly number: number;
    readonly dueAt: Instant;
    /** The moment whose coming is told: the due time, the end of a snooze, or a repetition of either. */
    readonly remindAt: Instant;
    readonly assignee: Assignee;
    /** Who is reminded: the owner, or the members of the team. */
    readonly recipientIds: readonly Uuid[];
  }
>;
export type ReminderEvent = ReminderIssued;

export const REMINDER_EVENTS: readonly EventDefinition[] = [
  defineEvent('ReminderIssued', 'Somebody is reminded that a deadline has passed.'),
];

/** The reminders of one deadline: that they are in one stream keeps one from being issued twice, or after a later one. */
export interface ReminderState {
  readonly deadlineId: Uuid;
  readonly count: number;
  /** The latest moment that was told of. */
  readonly remindedFor?: Instant;
}

export type IssueReminder = {
  readonly kind: 'issue';
  readonly reminder: Omit<ReminderIssued['data'], 'number' | 'deadlineId'>;
};

/** The stream of one deadline's reminders. */
export function reminderStream(deadlineId: Uuid): string {
  return `reminder-${deadlineId}`;
}

/** The command that issues a reminder: whoever does it, it is the same. */
export function reminderCommandId(deadlineId: Uuid, remindAt: Instant): Uuid {
  return deriveId(deadlineId, `reminder:${remindAt}`);
}

/** The rules of a deadline's reminders. One that is not later than the latest decides nothing, whatever clocks do. */
export const reminderDecider: Decider<ReminderState, IssueReminder, ReminderEvent> = {
  initial: (deadlineId) => ({ deadlineId, count: 0 }),
  decide(state, { reminder }: IssueReminder, _context: DecisionContext) {
    const { remindedFor, deadlineId, count } = state;
    if (remindedFor !== undefined && reminder.remindAt <= remindedFor) return [];
    const data = { ...reminder, deadlineId, number: count + 1 };
    return [{ type: 'ReminderIssued', data }];
  },
  evolve: ({ deadlineId, count }, { data }) => ({
    deadlineId,
    count: count + 1,
    remindedFor: data.remindAt,
  }),
};

type Reminding = Pick<Deadline, 'dueAt' | 'snoozedUntil' | 'repeatHours'>;
const HOUR = 3_600_000;

/** When the next reminder after `remindedFor` (none: the first) is due; undefined when there is to be none. */
export function nextReminder(deadline: Reminding, remindedFor?: Instant): Instant | undefined {
  const first = firstReminder(deadline);
  if (remindedFor === undefined || remindedFor < first) return first;
  const { repeatHours } = deadline;
  if (repeatHours === undefined) return undefined;
  const times =
    Math.floor((Date.parse(remindedFor) - Date.parse(first)) / (repeatHours * HOUR)) + 1;
  return later(first, times * repeatHours * HOUR);
}

/** The latest reminder that is due by now and was not issued; undefined when none is. */
export function reminderDue(
  deadline: Reminding,
  remindedFor: Instant | undefined,
  now: Instant,
): Instant | undefined {
  const next = nextReminder(deadline, remindedFor);
  if (next === undefined || next > now) return undefined;
  const { repeatHours } = deadline;
  if (repeatHours === undefined) return next;
  const times = Math.floor((Date.parse(now) - Date.parse(next)) / (repeatHours * HOUR));
  return later(next, times * repeatHours * HOUR);
}

function firstReminder({ dueAt, snoozedUntil }: Reminding): Instant {
  return snoozedUntil !== undefined && snoozedUntil > dueAt ? snoozedUntil : dueAt;
}
