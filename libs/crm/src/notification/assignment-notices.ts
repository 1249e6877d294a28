import type { ActivityAssigned, ActivityPlanned } from '../activity/activity-events.js';
import { conversionEffectId } from '../conversion/undo/undo-found.js';
import type { DomainEvent, Recorded } from '../kernel/event.js';
import type { Uuid } from '../kernel/ids.js';
import type { AssignedData, CapturedData } from '../record/record-events.js';
import { RECORD_TYPES, type RecordRef, recordName, recordStream } from '../record/record-type.js';
import { type Notice, noticeOf } from './notice.js';
import type { NoticeRef } from './notification.js';

/**
 * The notice to whom a record or an activity was given, by hand or by a rule (PRODUCT.md P6). Nobody is told of what they gave
 * themselves. Conversions, merges and what undoes them tell the owners themselves; of a rule that assigned what a conversion created they
 * do not tell.
 */
export function assignmentNotices(event: Recorded): readonly Notice[] {
  const given = givenBy(event);
  if (!given || given.to === event.metadata.actor.id) return [];
  const { to, record, about } = given;
  return [noticeOf(event.id, 'assignment', to, { record, ...(about && { about }) })];
}

interface Given {
  readonly to: Uuid;
  readonly record: NoticeRef;
  readonly about?: readonly RecordRef[];
}

function givenBy(event: Recorded): Given | undefined {
  const activity = activityGiven(event as Recorded<ActivityPlanned | ActivityAssigned>);
  if (activity) return activity;
  const type = RECORD_TYPES.find((one) => event.stream.startsWith(recordStream(one, '')));
  if (!type) return undefined;
  const to = recordGivenTo(event, recordName(type));
  const id = event.stream.slice(type.length + 1);
  return to === undefined ? undefined : { to, record: { type, id } };
}

function recordGivenTo(event: Recorded, name: string): Uuid | undefined {
  switch (event.type) {
    case `${name}Captured`: {
      const { ownerId, origin } = (event as Recorded<DomainEvent<string, CapturedData>>).data;
      return origin ? undefined : ownerId;
    }
    case `${name}Assigned`: {
      const { data } = event as Recorded<DomainEvent<string, AssignedData>>;
      const { from, to, undo, by } = data;
      if (undo || (isConversionEffect(event) && !by)) return undefined;
      return to.ownerId === from.ownerId ? undefined : to.ownerId;
    }
    default:
      return undefined;
  }
}

function activityGiven(event: Recorded<ActivityPlanned | ActivityAssigned>): Given | undefined {
  const record: NoticeRef = { type: 'activity', id: event.stream.slice('activity-'.length) };
  switch (event.type) {
    case 'ActivityPlanned': {
      const { assigneeId: to, links: about } = event.data;
      return to === undefined ? undefined : { to, record, about };
    }
    case 'ActivityAssigned': {
      const { to } = event.data;
      return to === undefined ? undefined : { to, record };
    }
    default:
      return undefined;
  }
}

function isConversionEffect({ metadata: { commandId, causationId } }: Recorded): boolean {
  const types = ['contact', 'account', 'opportunity'] as const;
  // What nothing else caused names its command.
  if (causationId === commandId) return false;
  return types.some((type) => commandId === conversionEffectId(causationId, type));
}
