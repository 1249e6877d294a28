import type { Uuid } from '#crm';
import type { Page } from '#read-store';
import {
  NOTIFICATIONS,
  type NotificationDocument,
} from '../notifications/notification-projection.js';
import { newestFirst } from './around-record.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

export interface Inbox extends Page<NotificationDocument> {
  /** Counted up to 1,000. */
  readonly unread: number;
}

const UNREAD_UP_TO = 1_000;

/** A user's notices, newest first, with how many are unread. */
export async function readInbox(
  { readStore, models }: QueryContext,
  query: Paging & { readonly recipientId: Uuid; readonly unreadOnly?: boolean },
): Promise<Inbox> {
  const { recipientId, unreadOnly, cursor } = query;
  const collection = models.live(NOTIFICATIONS.name);
  const unreadFilter = { recipientId, read: false };
  const page = await readStore.find<NotificationDocument>(collection, {
    filter: unreadOnly ? unreadFilter : { recipientId },
    sort: newestFirst('at'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
  return { ...page, unread: await readStore.count(collection, unreadFilter, UNREAD_UP_TO) };
}
