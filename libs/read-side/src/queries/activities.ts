import type { FieldKind, Filter, Uuid } from '#crm';
import type { Page, SortKey } from '#read-store';
import { ACTIVITIES, type ActivityDocument } from '../activities/activity-document.js';
import { askFilter } from './ask-filter.js';
import { boundedFind } from './bounded-find.js';
import { filterThroughMerges, POINTING_BY_KEY } from './filter-through-merges.js';
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
const ACTIVITY_KINDS: ReadonlyMap<string, FieldKind> = new Map([
  ['id', 'text'],
  ['status', 'text'],
  ['kind', 'text'],
  ['dueAt', 'instant'],
  ['assigneeId', 'user'],
  ['linkKeys', 'texts'],
  ['createdAt', 'instant'],
  ['createdBy', 'user'],
  ['updatedAt', 'instant'],
  ['closedAt', 'instant'],
]);

export interface ListActivities extends Paging {
  readonly access: Access;
  readonly filter?: Filter;
  readonly sort?: readonly SortKey[];
}

/** Activities the caller may see, the next due first. @throws InvalidFilter, InvalidQuery */
export async function listActivities(
  context: QueryContext,
  query: ListActivities,
): Promise<Page<ActivityDocument>> {
  const { readStore, models, now } = context;
  const { access } = query;
  const sort = query.sort?.length
    ? query.sort
    : ([{ field: 'dueAt', direction: 'ascending' }] as const);
  const { filter, fields, cursor, page } = askFilter(query, (field) => ACTIVITY_KINDS.get(field), {
    settings: await context.settings(),
    now: now(),
  });
  const odd = sort.find(({ field }) => field === 'linkKeys' || !ACTIVITY_KINDS.has(field));
  if (odd) throw new InvalidQuery('sort', `activities cannot be sorted by ${odd.field}`);
  const hidden: Filter = fields.has('status') ? {} : { status: { $ne: 'deleted' } };
  const widened = await filterThroughMerges(context, filter, {
    linkKeys: POINTING_BY_KEY,
  });
  const wanted = within(access, widened, hidden);
  const limit = limitOf(query);
  if (!wanted) return EMPTY_PAGE;
  const found = await boundedFind<ActivityDocument>(readStore, models.live(ACTIVITIES.name), {
    filter: wanted,
    sort,
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return page(found);
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
