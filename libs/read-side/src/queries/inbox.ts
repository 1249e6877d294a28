import type { Filter, NotificationKind, Position, Uuid } from '#crm';
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

export interface ReadInbox extends Paging {
  readonly recipientId: Uuid;
  readonly unreadOnly?: boolean;
  /** Those of one kind alone; what is unread is counted among all. */
  readonly kind?: NotificationKind;
  /** Kinds that the recipient does not want to see there. */
  readonly hidden?: readonly NotificationKind[];
}

const UNREAD_UP_TO = 1_000;

/** A user's notices, newest first, with how many are unread. */
export async function readInbox(
  { readStore, models }: QueryContext,
  query: ReadInbox,
): Promise<Inbox> {
  const { recipientId, unreadOnly, kind, hidden = [], cursor } = query;
  const collection = models.live(NOTIFICATIONS.name);
  const inInbox = hidden.length > 0 ? { $nin: hidden } : undefined;
  const shown: Filter = { recipientId, ...(inInbox && { kind: inInbox }) };
  const unreadFilter: Filter = { ...shown, read: false };
  const asked = kind === undefined ? {} : { kind: { ...inInbox, $eq: kind } };
  const page = await readStore.find<NotificationDocument>(collection, {
    filter: { ...(unreadOnly ? unreadFilter : shown), ...asked },
    sort: newestFirst('at'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
  return { ...page, unread: await readStore.count(collection, unreadFilter, UNREAD_UP_TO) };
}

export interface FindUnread {
  readonly recipientId: Uuid;
  /** Only those issued up to here, inclusive. */
  readonly upTo: Position;
  readonly limit: number;
  readonly cursor?: string;
}

/** A user's unread notices, whether the inbox shows them or not. */
export async function findUnread(
  { readStore, models }: QueryContext,
  { recipientId, upTo, ...paging }: FindUnread,
): Promise<Page<NotificationDocument>> {
  return readStore.find<NotificationDocument>(models.live(NOTIFICATIONS.name), {
    filter: { recipientId, read: false, position: { $lte: upTo } },
    sort: newestFirst('at'),
    ...paging,
  });
}
