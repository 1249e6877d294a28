import type { ReminderIssued } from '../deadlines/reminder.js';
import type { Recorded } from '../kernel/event.js';
import { type Notice, noticeOf } from './notice.js';

/** The notices to whom a reminder is for (PRODUCT.md P6). */
export function overdueNotices(event: Recorded): readonly Notice[] {
  if (event.type !== 'ReminderIssued') return [];
  const { record, about, recipientIds } = (event as Recorded<ReminderIssued>).data;
  return recipientIds.map((recipientId) =>
    noticeOf(event.id, 'overdue', recipientId, { record, ...(about && { about }) }),
  );
}
