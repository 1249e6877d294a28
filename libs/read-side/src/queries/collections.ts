import type { Uuid } from '#crm';
import { checkFilter, type Filter, type Page, type SortKey } from '#read-store';
import { ACTIVITIES, type ActivityDocument } from '../activities/activity-document.js';
import { CONVERSIONS, type ConversionDocument } from '../conversions/conversion-projection.js';
import {
  TEAMS,
  type TeamDocument,
  USERS,
  type UserDocument,
} from '../directory/directory-projections.js';
import {
  NOTIFICATIONS,
  type NotificationDocument,
} from '../notifications/notification-projection.js';
import { newestFirst } from './around-record.js';
import { boundedFind } from './bounded-find.js';
import {
  type Access,
  EMPTY_PAGE,
  InvalidQuery,
  limitOf,
  maySee,
  type Paging,
  type QueryContext,
  within,
} from './query-context.js';

/** Fields of activities that can be filtered by; all but `linkKeys` can be sorted by. */
const ACTIVITY_FIELDS = new Set([
  'id',
  'status',
  'kind',
  'dueAt',
  'assigneeId',
  'linkKeys',
  'createdAt',
  'createdBy',
  'updatedAt',
  'closedAt',
]);

export interface ListActivities extends Paging {
  readonly access: Access;
  readonly filter?: Filter;
  readonly sort?: readonly SortKey[];
}

/** Activities the caller may see, the next due first. @throws InvalidFilter, InvalidQuery */
export async function listActivities(
  { readStore, models }: QueryContext,
  query: ListActivities,
): Promise<Page<ActivityDocument>> {
  const { filter = {}, cursor, access } = query;
  const sort = query.sort?.length
    ? query.sort
    : ([{ field: 'dueAt', direction: 'ascending' }] as const);
  const { fields } = checkFilter(filter, { fields: ACTIVITY_FIELDS });
  const odd = sort.find(({ field }) => field === 'linkKeys' || !ACTIVITY_FIELDS.has(field));
  if (odd) throw new InvalidQuery('sort', `activities cannot be sorted by ${odd.field}`);
  const hidden: Filter = fields.has('status') ? {} : { status: { $ne: 'deleted' } };
  const wanted = within(access, filter, hidden);
  const limit = limitOf(query);
  if (!wanted) return EMPTY_PAGE;
  return boundedFind<ActivityDocument>(readStore, models.live(ACTIVITIES.name), {
    filter: wanted,
    sort,
    limit,
    ...(cursor !== undefined && { cursor }),
  });
}

/** An activity; undefined when there is none that the caller may see. */
export async function getActivity(
  { readStore, models }: QueryContext,
  { id, access }: { readonly id: Uuid; readonly access: Access },
): Promise<ActivityDocument | undefined> {
  const stored = await readStore.load(models.live(ACTIVITIES.name), [id]);
  const document = stored.get(id)?.document as ActivityDocument | undefined;
  return document && maySee(access, document) ? document : undefined;
}

/** A conversion by its id. Whether the caller may see it follows from the lead. */
export async function getConversion(
  { readStore, models }: QueryContext,
  id: Uuid,
): Promise<ConversionDocument | undefined> {
  const stored = await readStore.load(models.live(CONVERSIONS.name), [id]);
  return stored.get(id)?.document as ConversionDocument | undefined;
}

export interface ListConversions extends Paging {
  readonly leadId?: Uuid;
  /** A record that the conversion created, updated or linked to. */
  readonly targetId?: Uuid;
  readonly by?: string;
  /** Bounds of `at`: from inclusive, until exclusive. */
  readonly from?: string;
  readonly until?: string;
}

/** All conversions, newest first, for those who may audit. */
export async function listConversions(
  { readStore, models }: QueryContext,
  query: ListConversions,
): Promise<Page<ConversionDocument>> {
  const { leadId, targetId, by, from, until, cursor } = query;
  const filter: Filter = {
    ...(leadId !== undefined && { leadId }),
    ...(targetId !== undefined && { targetIds: targetId }),
    ...(by !== undefined && { by }),
    ...((from ?? until) !== undefined && {
      at: { ...(from !== undefined && { $gte: from }), ...(until !== undefined && { $lt: until }) },
    }),
  };
  return boundedFind<ConversionDocument>(readStore, models.live(CONVERSIONS.name), {
    filter,
    sort: newestFirst('at'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}

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

/** Users by name, deactivated ones included. */
export async function listUsers(
  { readStore, models }: QueryContext,
  query: Paging,
): Promise<Page<UserDocument>> {
  const { cursor } = query;
  return readStore.find<UserDocument>(models.live(USERS.name), {
    filter: {},
    sort: [{ field: 'name', direction: 'ascending' }],
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}

/** Teams by name, dissolved ones included. */
export async function listTeams(
  { readStore, models }: QueryContext,
  query: Paging,
): Promise<Page<TeamDocument>> {
  const { cursor } = query;
  return readStore.find<TeamDocument>(models.live(TEAMS.name), {
    filter: {},
    sort: [{ field: 'name', direction: 'ascending' }],
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}
