import { activityDeadlines } from '../deadlines/activity-deadline.js';
import { decideDeadline } from '../deadlines/decide-deadline.js';
import type { DecisionContext } from '../kernel/decider.js';
import { Refusal } from '../kernel/refusal.js';
import type { Change } from '../record/change.js';
import { sameValue } from '../record/field.js';
import { type RecordRef, sameRecord } from '../record/record-type.js';
import { readId } from '../record/values/id.js';
import { brokenRule, InputReading } from '../record/values/input-reading.js';
import { readInstant } from '../record/values/instant.js';
import { readRecordRef } from '../record/values/record-ref.js';
import { readLongText, readText } from '../record/values/text.js';
import type {
  ActivityCommand,
  EditActivity,
  LinkActivity,
  PlanActivity,
  ReassignActivity,
  RescheduleActivity,
  UnlinkActivity,
} from './activity-commands.js';
import type { ActivityEvent } from './activity-events.js';
import { type ActivityState, MAX_LINKS } from './activity-state.js';
import { checkDue, readActivityKind, readLinks } from './read-activity.js';

type Decided = readonly ActivityEvent[];

/** Decides what can be asked of an activity. */
export function decideActivity(
  state: ActivityState,
  command: ActivityCommand,
  context: DecisionContext,
): Decided {
  if (command.kind === 'plan') return plan(state, command);
  if (state.status === 'absent') {
    throw new Refusal('not-found', 'activity_not_found', 'There is no such activity.');
  }
  if (command.kind === 'restore') {
    return state.deleted ? [{ type: 'ActivityRestored', data: {} }] : [];
  }
  if (command.kind === 'delete') {
    return state.deleted ? [] : [{ type: 'ActivityDeleted', data: {} }];
  }
  if (state.deleted) {
    throw new Refusal('conflict', 'activity_deleted', 'The activity is deleted; restore it first.');
  }
  switch (command.kind) {
    case 'edit':
      return edit(state, command);
    case 'reschedule':
      return reschedule(state, command);
    case 'reassign':
      return reassign(state, command);
    case 'complete': {
      const outcome = readOptional(command.outcome, 'outcome');
      if (state.status === 'done') return [];
      requirePlanned(state);
      return [{ type: 'ActivityCompleted', data: outcome === undefined ? {} : { outcome } }];
    }
    case 'cancel': {
      const reason = readOptional(command.reason, 'reason');
      if (state.status === 'cancelled') return [];
      requirePlanned(state);
      return [{ type: 'ActivityCancelled', data: reason === undefined ? {} : { reason } }];
    }
    case 'reopen':
      return state.status === 'planned' ? [] : [{ type: 'ActivityReopened', data: {} }];
    case 'link':
      return link(state, command);
    case 'unlink':
      return unlink(state, command);
    case 'snooze-deadline':
    case 'handle-deadline':
      return decideDeadline('Activity', state, command, context);
    case 'apply-overdue-policy':
      return activityDeadlines.applyPolicy(state, context);
  }
}

function plan(state: ActivityState, { activity }: PlanActivity): Decided {
  if (state.status !== 'absent') {
    throw new Refusal('conflict', 'activity_exists', 'The activity is there already.');
  }
  const reading = new InputReading();
  const kind = reading.required(readActivityKind, activity.kind, 'kind', 'task');
  const subject = reading.name(activity.subject, 'subject');
  const description = reading.optional(readLongText, activity.description, 'description');
  const dueAt = reading.optional(readInstant, activity.dueAt, 'dueAt');
  if (!activity.dueAt) checkDue(reading, kind, dueAt);
  const assigneeId = reading.optional(readId, activity.assigneeId, 'assigneeId');
  const links = readLinks(reading, activity.links, 'links');
  reading.finish();
  const optional = {
    ...(description !== undefined && { description }),
    ...(dueAt !== undefined && { dueAt }),
    ...(assigneeId !== undefined && { assigneeId }),
  };
  return [{ type: 'ActivityPlanned', data: { kind, subject, ...optional, links } }];
}

function edit(state: ActivityState, command: EditActivity): Decided {
  const reading = new InputReading();
  const kind = reading.required(
    readActivityKind,
    command.activityKind ?? state.kind,
    'activityKind',
    state.kind,
  );
  const subject =
    command.subject === undefined ? state.subject : reading.name(command.subject, 'subject');
  const description =
    command.description === undefined
      ? state.description
      : reading.optional(readLongText, command.description, 'description');
  checkDue(reading, kind, state.dueAt);
  reading.finish();
  const to = { kind, subject, description };
  const changes = (['kind', 'subject', 'description'] as const).flatMap((field): Change[] =>
    sameValue(state[field], to[field]) ? [] : [{ field, ...definedSides(state[field], to[field]) }],
  );
  return changes.length === 0 ? [] : [{ type: 'ActivityEdited', data: { changes } }];
}

function reschedule(state: ActivityState, command: RescheduleActivity): Decided {
  requirePlanned(state);
  const reading = new InputReading();
  const to = reading.optional(readInstant, command.dueAt, 'dueAt');
  if (command.dueAt === null) checkDue(reading, state.kind, to);
  reading.finish();
  if (to === state.dueAt) return [];
  return [{ type: 'ActivityRescheduled', data: definedSides(state.dueAt, to) }];
}

function reassign(state: ActivityState, command: ReassignActivity): Decided {
  requirePlanned(state);
  const reading = new InputReading();
  const to = reading.optional(readId, command.assigneeId, 'assigneeId');
  reading.finish();
  if (to === state.assigneeId) return [];
  return [{ type: 'ActivityAssigned', data: definedSides(state.assigneeId, to) }];
}

function link(state: ActivityState, command: LinkActivity): Decided {
  const link = readLink(command.link);
  if (state.links.some((other) => sameRecord(other, link))) return [];
  if (state.links.length >= MAX_LINKS) {
    const message = `An activity concerns at most ${MAX_LINKS} records.`;
    throw brokenRule('too_many_links', 'link', message);
  }
  return [{ type: 'ActivityLinked', data: { link } }];
}

function unlink(state: ActivityState, command: UnlinkActivity): Decided {
  const link = readLink(command.link);
  if (!state.links.some((other) => sameRecord(other, link))) return [];
  if (state.links.length === 1) {
    throw brokenRule('last_link', 'link', 'An activity concerns at least one record.');
  }
  return [{ type: 'ActivityUnlinked', data: { link } }];
}

function requirePlanned(state: ActivityState): void {
  if (state.status === 'planned') return;
  throw new Refusal('conflict', 'activity_closed', `The activity is ${state.status}; reopen it.`);
}

function readLink(raw: RecordRef): RecordRef {
  const reading = new InputReading();
  const link = reading.required(readRecordRef, raw, 'link', raw);
  reading.finish();
  return link;
}

function readOptional(raw: string | undefined, path: string): string | undefined {
  const reading = new InputReading();
  const reader = path === 'outcome' ? readLongText : readText;
  const text = reading.optional(reader, raw, path);
  reading.finish();
  return text;
}

function definedSides(from: string | undefined, to: string | undefined) {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
