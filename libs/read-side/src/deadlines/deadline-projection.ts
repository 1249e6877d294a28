import {
  type Assignee,
  type Deadline,
  type DeadlineEvent,
  evolveDeadline,
  isDeadlineEvent,
  nextReminder,
  openDeadline,
  type Recorded,
  type ReminderIssued,
  type TimedRef,
} from '#crm';
import type { Projection } from '../engine/projection.port.js';
import { linksTo } from '../timeline/timeline-link.js';
import { DEADLINES, type DeadlineDocument, REMINDER_LINKS } from './deadline-document.js';

/** A deadline in the middle of being folded. */
interface Fold {
  readonly deadline: Deadline;
  readonly assignee: Assignee;
  readonly reminders: number;
  readonly remindedFor: string | undefined;
}

type Told = DeadlineEvent | ReminderIssued;

const STREAM = /^(opportunity|activity)-(.+)$/;

/** Deadlines that wait, one document each, and a row for every reminder on all that it concerns. */
export const deadlineProjection: Projection<Fold | undefined> = {
  collection: DEADLINES,
  prefixes: ['opportunity-', 'activity-', 'reminder-'],
  // Reminders are in streams of their own.
  oneStream: false,
  keys(event) {
    const record = recordOf(event);
    return record ? [`${record.type}:${record.id}`] : [];
  },
  open: (_id, stored) => stored && opened(stored as DeadlineDocument),
  evolve(fold, recorded) {
    const event = recorded as Recorded<Told>;
    return event.type === 'ReminderIssued' ? reminded(fold, event.data) : evolved(fold, event);
  },
  rows: {
    collection: REMINDER_LINKS,
    // Whether or not the deadline still waits: somebody was reminded of it.
    of(_before, _after, event) {
      if (event.type !== 'ReminderIssued') return [];
      const { record, about = [] } = (event as Recorded<ReminderIssued>).data;
      return linksTo(event, [record, ...about]);
    },
  },
  close(fold, last) {
    const record = recordOf(last);
    return fold && record && documentOf(fold, record, last.position);
  },
};

function recordOf(event: Recorded): TimedRef | undefined {
  if (event.type === 'ReminderIssued') return (event as Recorded<ReminderIssued>).data.record;
  if (!isDeadlineEvent(event)) return undefined;
  const [, type, id] = STREAM.exec(event.stream) ?? [];
  return id === undefined ? undefined : { type: type as TimedRef['type'], id };
}

function evolved(fold: Fold | undefined, event: Recorded<DeadlineEvent>): Fold | undefined {
  const before = fold ? { id: '', deadline: fold.deadline } : { id: '' };
  const deadline = openDeadline(evolveDeadline(before, event));
  if (!deadline) return undefined;
  const assignee = 'assignee' in event.data ? event.data.assignee : (fold?.assignee ?? {});
  const isSame = deadline.id === fold?.deadline.id;
  return {
    ...{ deadline, assignee },
    reminders: isSame ? fold.reminders : 0,
    remindedFor: isSame ? fold.remindedFor : undefined,
  };
}

function reminded(
  fold: Fold | undefined,
  { deadlineId, number, remindAt }: ReminderIssued['data'],
): Fold | undefined {
  if (fold?.deadline.id !== deadlineId) return fold;
  return { ...fold, reminders: number, remindedFor: remindAt };
}

function documentOf(
  { deadline, assignee, reminders, remindedFor }: Fold,
  { type, id: recordId }: TimedRef,
  position: number,
): DeadlineDocument {
  const { id: deadlineId, handledAt: _never, ...moments } = deadline;
  const { ownerId, teamId } = assignee;
  const nextAt = nextReminder(deadline, remindedFor);
  return {
    id: `${type}:${recordId}`,
    ...{ type, recordId, deadlineId, ...moments },
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
    ...(type === 'activity' && ownerId !== undefined && { assigneeId: ownerId }),
    reminders,
    ...(remindedFor !== undefined && { remindedFor }),
    ...(nextAt !== undefined && { nextAt }),
    position,
  };
}

function opened(document: DeadlineDocument): Fold {
  const { deadlineId: id, startedAt, dueAt, entryId, repeatHours, snoozedUntil } = document;
  const { ownerId, teamId, reminders, remindedFor } = document;
  return {
    deadline: {
      ...{ id, startedAt, dueAt },
      ...(entryId !== undefined && { entryId }),
      ...(repeatHours !== undefined && { repeatHours }),
      ...(snoozedUntil !== undefined && { snoozedUntil }),
    },
    assignee: {
      ...(ownerId !== undefined && { ownerId }),
      ...(teamId !== undefined && { teamId }),
    },
    ...{ reminders, remindedFor },
  };
}
