import { PLURALS } from '#crm';
import type { Page, SortKey } from '#read-store';
import type { RecordDocument } from '../records/record-document.js';
import { type AskRecords, askRecords } from './ask-records.js';
import { boundedFind } from './bounded-find.js';
import { checkSort } from './check-sort.js';
import { EMPTY_PAGE, limitOf, type Paging, type QueryContext } from './query-context.js';
import { resolveNow } from './resolve-references.js';

export interface ListRecords extends AskRecords, Paging {
  /** Default: newest first. */
  readonly sort?: readonly SortKey[];
}

export const NEWEST_FIRST: readonly SortKey[] = [{ field: 'createdAt', direction: 'descending' }];

/**
 * A page of records of one type. A search or an unusual filter in a large collection is bounded, see `boundedFind`: a short page
 * with a `next` is not the end.
 * @throws InvalidFilter, InvalidCursor, InvalidQuery
 */
export async function listRecords(
  context: QueryContext,
  query: ListRecords,
): Promise<Page<RecordDocument>> {
  const { readStore, models } = context;
  const { type, sort = NEWEST_FIRST } = query;
  const limit = limitOf(query);
  const { wanted, kindOf, cursor, page } = await askRecords(context, query);
  checkSort(type, sort, kindOf);
  if (!wanted) return EMPTY_PAGE;
  const found = await boundedFind<RecordDocument>(readStore, models.live(PLURALS[type]), {
    filter: wanted,
    sort: sort.length > 0 ? sort : NEWEST_FIRST,
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return page({ ...found, documents: await resolveNow(context, found.documents) });
}
