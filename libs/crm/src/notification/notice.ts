import { deriveId, type Uuid } from '../kernel/ids.js';
import type { NotificationIssued } from './notification.js';
import type { NotificationKind } from './notification-kind.js';

/** A notice that is owed, under the id that it has whoever issues it, and however often. */
export interface Notice {
  readonly id: Uuid;
  readonly notice: NotificationIssued['data'];
}

/** The notice of a kind that an event owes somebody. */
export function noticeOf(
  eventId: Uuid,
  kind: NotificationKind,
  recipientId: Uuid,
  rest: Pick<NotificationIssued['data'], 'record' | 'about'>,
): Notice {
  const id = deriveId(eventId, `notice:${kind}:${recipientId}`);
  return { id, notice: { recipientId, kind, ...rest } };
}
