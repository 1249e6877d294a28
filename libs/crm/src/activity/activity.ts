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
};

function evolve(state: ActivityState, event: Happened<ActivityEvent>): ActivityState {
  const { occurredAt: updatedAt, actor } = event.metadata;
  return { ...state, ...partOf(state, event), updatedAt, updatedBy: actor.id };
}

function partOf(state: ActivityState, event: Happened<ActivityEvent>): Partial<ActivityState> {
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
