import { activityDeadlines, countActivity } from '../deadlines/activity-deadline.js';
import type { DeadlineEvent } from '../deadlines/deadline-events.js';
import { evolveDeadline, isDeadlineEvent } from '../deadlines/evolve-deadline.js';
import type { Decider } from '../kernel/decider.js';
import type { Happened } from '../kernel/event.js';
import { sameRecord } from '../record/record-type.js';
import type { ActivityCommand } from './activity-commands.js';
import type { ActivityEdited, ActivityEvent } from './activity-events.js';
import { type ActivityState, absentActivity } from './activity-state.js';
import { decideActivity } from './decide-activity.js';

/** The rules of an activity (PRODUCT.md P1). Its stream is `activity-<id>`. */
export const activityDecider: Decider<ActivityState, ActivityCommand, ActivityEvent> = {
  initial: absentActivity,
  decide: decideActivity,
  evolve,
  followUp: activityDeadlines.followUp,
};

type DoneEvent = Exclude<ActivityEvent, DeadlineEvent>;

function evolve(state: ActivityState, event: Happened<ActivityEvent>): ActivityState {
  const { occurredAt: updatedAt, actor } = event.metadata;
  if (isDeadlineEvent(event)) {
    const isSeen = event.type !== 'ActivityDeadlineSet';
    const touch = isSeen ? { updatedAt, updatedBy: actor.id } : {};
    return { ...state, ...touch, ...evolveDeadline(state, event) };
  }
  const done = event as Happened<DoneEvent>;
  const after = { ...state, ...partOf(state, done), updatedAt, updatedBy: actor.id };
  return countActivity(state, after, event);
}

function partOf(state: ActivityState, event: Happened<DoneEvent>): Partial<ActivityState> {
  const { occurredAt, actor } = event.metadata;
  switch (event.type) {
    case 'ActivityPlanned':
      return {
        ...event.data,
        // An erased event has none.
        subject: event.data.subject ?? '',
        status: 'planned',
        createdAt: occurredAt,
        createdBy: actor.id,
      };
    case 'ActivityEdited':
      return edited(event);
    case 'ActivityRescheduled':
      return { dueAt: event.data.to };
    case 'ActivityAssigned':
      return { assigneeId: event.data.to };
    case 'ActivityCompleted':
      return { status: 'done', outcome: event.data.outcome, closedAt: occurredAt };
    case 'ActivityCancelled':
      return { status: 'cancelled', closedAt: occurredAt };
    case 'ActivityReopened':
      return { status: 'planned', outcome: undefined, closedAt: undefined };
    case 'ActivityLinked':
      return { links: [...state.links, event.data.link] };
    case 'ActivityUnlinked':
      return { links: state.links.filter((link) => !sameRecord(link, event.data.link)) };
    case 'ActivityDeleted':
      return { deleted: true };
    case 'ActivityRestored':
      return { deleted: false };
    default: {
      const unknown: never = event;
      void unknown;
      return {};
    }
  }
}

function edited({ data }: ActivityEdited): Partial<ActivityState> {
  return Object.fromEntries(
    data.changes
      .filter(({ field, to }) => field === 'description' || to !== undefined)
      .map(({ field, to }) => [field, to]),
  );
}
