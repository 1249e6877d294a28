import { type Filter, PLURALS, type RecordType } from '#crm';
import { type Page, type SortKey, searchFilter } from '#read-store';
import type { RecordDocument } from '../records/record-document.js';
import { askFilter } from './ask-filter.js';
import { boundedFind } from './bounded-find.js';
import {
  filterThroughMerges,
  type Pointing,
  pointingByAnyId,
  pointingById,
} from './filter-through-merges.js';
import { checkSort, listKinds } from './list-kinds.js';
import {
  type Access,
  EMPTY_PAGE,
  InvalidQuery,
  limitOf,
  type Paging,
  type QueryContext,
  within,
} from './query-context.js';
import { MERGED_INTO, REFERENCES, resolveNow } from './resolve-references.js';

export interface ListRecords extends Paging {
  readonly type: RecordType;
  readonly access: Access;
  /** In the filter language, relative to now too. Deleted and merged records are hidden unless it speaks of `status`. */
  readonly filter?: Filter;
  /** Words to search for in names, e-mails, phones and organisations. */
  readonly q?: string;
  /** Default: newest first. */
  readonly sort?: readonly SortKey[];
}

/** Deleted and merged records are history, not work. */
export const STANDING: Filter = { status: { $nin: ['deleted', 'merged'] } };

const LONGEST_Q = 200;
const NEWEST_FIRST: readonly SortKey[] = [{ field: 'createdAt', direction: 'descending' }];

/** How the members of a record type point that are shown through merges. */
function pointingOf(type: RecordType): Readonly<Record<string, Pointing>> {
  const fields = REFERENCES[type].map(([field, target]) => [field, pointingById(target)] as const);
  return { ...Object.fromEntries(fields), 'mergedInto.id': pointingByAnyId(MERGED_INTO[type]) };
}

/**
 * A page of records of one type. A search or an unusual filter in a large collection is bounded, see `boundedFind`: a short page
 * with a `next` is not the end.
 * @throws InvalidFilter, InvalidCursor, InvalidQuery
 */
export async function listRecords(
  context: QueryContext,
  query: ListRecords,
): Promise<Page<RecordDocument>> {
  const { readStore, models, now } = context;
  const { type, access, q = '', sort = NEWEST_FIRST } = query;
  const limit = limitOf(query);
  const settings = await context.settings();
  const kindOf = listKinds(type, settings);
  const { filter, fields, cursor, page } = askFilter(query, kindOf, { settings, now: now() });
  checkSort(type, sort, kindOf);
  if (q.length > LONGEST_Q) throw new InvalidQuery('q', `it has at most ${LONGEST_Q} characters`);
  const hidden = fields.has('status') ? {} : STANDING;
  const widened = await filterThroughMerges(context, filter, pointingOf(type));
  const wanted = within(access, widened, searchFilter(q), hidden);
  if (!wanted) return EMPTY_PAGE;
  const found = await boundedFind<RecordDocument>(readStore, models.live(PLURALS[type]), {
    filter: wanted,
    sort: sort.length > 0 ? sort : NEWEST_FIRST,
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return page({ ...found, documents: await resolveNow(context, found.documents) });
}
