import type { ActivityState } from '../activity/activity-state.js';
import type { DomainEvent, Happened } from '../kernel/event.js';
import { later } from '../kernel/instant.js';
import type { Settings } from '../settings/settings.js';
import type { CountdownCause, Due } from './deadline.js';
import { withCountdown } from './evolve-deadline.js';
import { followDeadline } from './follow-deadline.js';

/** Counts from when an activity got its due time, or another assignee. */
export function countActivity(
  before: ActivityState,
  after: ActivityState,
  event: Happened<DomainEvent>,
): ActivityState {
  return withCountdown(after, counts(after), causeOf(before, after), event);
}

/** It is to be done, by somebody, by a time. */
function counts({ status, deleted, dueAt, assigneeId }: ActivityState): boolean {
  return status === 'planned' && !deleted && dueAt !== undefined && assigneeId !== undefined;
}

function causeOf(before: ActivityState, after: ActivityState): CountdownCause | undefined {
  if (before.deleted || before.status === 'done' || before.status === 'cancelled') {
    return 'resumption';
  }
  if (before.assigneeId !== after.assigneeId) return 'assignment';
  return before.dueAt === after.dueAt ? undefined : 'due';
}

function dueOf({ dueAt }: ActivityState, { overduePolicy }: Settings): Due | undefined {
  const { remind, graceMinutes, repeatHours } = overduePolicy.activities;
  if (!remind || dueAt === undefined) return undefined;
  return {
    dueAt: later(dueAt, graceMinutes * 60_000),
    ...(repeatHours !== undefined && { repeatHours }),
  };
}

export const activityDeadlines = followDeadline<ActivityState, 'Activity'>({
  name: 'Activity',
  dueOf,
  assigneeOf: ({ assigneeId }) => (assigneeId === undefined ? {} : { ownerId: assigneeId }),
  isAnotherMatter: () => false,
});
