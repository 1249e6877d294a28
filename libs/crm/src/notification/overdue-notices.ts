import type { DomainEvent, Recorded } from '../kernel/event.js';
import type { Uuid } from '../kernel/ids.js';
import type { RecordRef } from '../record/record-type.js';
import { type Notice, noticeOf } from './notice.js';
import type { NoticeRef } from './notification.js';

type Reminded = DomainEvent<
  'ReminderIssued',
  {
    readonly record: NoticeRef;
    readonly about?: readonly RecordRef[];
    readonly recipientIds: readonly Uuid[];
  }
>;

/** The notices to whom a reminder is for (PRODUCT.md P6). */
export function overdueNotices(event: Recorded): readonly Notice[] {
  if (event.type !== 'ReminderIssued') return [];
  const { record, about, recipientIds } = (event as Recorded<Reminded>).data;
  return recipientIds.map((recipientId) =>
    noticeOf(event.id, 'overdue', recipientId, { record, ...(about && { about }) }),
  );
}
