import type { DecisionContext } from '../kernel/decider.js';
import { Refusal } from '../kernel/refusal.js';
import { brokenRule, InputReading } from '../record/values/input-reading.js';
import { readInstant } from '../record/values/instant.js';
import { type Deadline, openDeadline, type Timed } from './deadline.js';
import type { DeadlineEvent } from './deadline-events.js';

/** `until` is ISO 8601 with an offset. */
export type SnoozeDeadline = { readonly kind: 'snooze-deadline'; readonly until: string };
export type HandleDeadline = { readonly kind: 'handle-deadline' };
/** What a process asks for, when an administrator has a changed policy applied to what is open. */
export type ApplyOverduePolicy = { readonly kind: 'apply-overdue-policy' };
export type DeadlineCommand = SnoozeDeadline | HandleDeadline;

/** Furthest that a reminder is put off, in days. */
const MOST_SNOOZED_DAYS = 366;

/**
 * Decides what can be asked of a deadline.
 * @throws Refusal `no_deadline` (409) where none waits for anything; `not_ahead`, `too_late` for another moment than can be
 */
export function decideDeadline<Name extends 'Opportunity' | 'Activity'>(
  name: Name,
  state: Timed,
  command: DeadlineCommand,
  context: DecisionContext,
): readonly DeadlineEvent<Name>[] {
  if (command.kind === 'handle-deadline') {
    // Handled already: that is what was asked for.
    if (state.deadline && !openDeadline(state)) return [];
    const { id: deadlineId } = requireOpen(state);
    return [{ type: `${name}DeadlineHandled`, data: { deadlineId } } as DeadlineEvent<Name>];
  }
  const until = readUntil(command.until, context);
  const { id: deadlineId, snoozedUntil } = requireOpen(state);
  if (snoozedUntil === until) return [];
  return [{ type: `${name}DeadlineSnoozed`, data: { deadlineId, until } } as DeadlineEvent<Name>];
}

function requireOpen(state: Timed): Deadline {
  const deadline = openDeadline(state);
  if (deadline) return deadline;
  throw new Refusal('conflict', 'no_deadline', 'No deadline waits for anything to be done.');
}

function readUntil(raw: string, { now }: DecisionContext): string {
  const reading = new InputReading();
  const until = reading.required(readInstant, raw, 'until', now);
  reading.finish();
  if (until <= now) throw brokenRule('not_ahead', 'until', 'This must be a moment ahead.');
  if (Date.parse(until) - Date.parse(now) > MOST_SNOOZED_DAYS * 86_400_000) {
    throw brokenRule('too_late', 'until', `This is at most ${MOST_SNOOZED_DAYS} days ahead.`);
  }
  return until;
}
