import { type FilterReader, type RecordType, seesFilter, type Uuid } from '#crm';
import type { Page } from '#read-store';
import {
  SAVED_FILTERS,
  type SavedFilterDocument,
  type ShownSavedFilter,
  shownSavedFilter,
} from '../saved-filters/saved-filter-projection.js';
import { among } from './among.js';
import { limitOf, type Paging, type QueryContext, within } from './query-context.js';

export interface ListSavedFilters extends Paging {
  readonly reader: FilterReader;
  /** Of one record type alone. */
  readonly recordType?: RecordType;
}

/** Saved filters that are there for the reader, by name: their own, and those that are shared with them. */
export async function listSavedFilters(
  { readStore, models }: QueryContext,
  query: ListSavedFilters,
): Promise<Page<ShownSavedFilter>> {
  const { reader, recordType, cursor } = query;
  const { userId, teamIds } = reader;
  const there = { $or: [{ ownerId: userId }, { shared: 'all' }, among('teamIds', teamIds)] };
  const page = await readStore.find<SavedFilterDocument>(models.live(SAVED_FILTERS.name), {
    filter: within('all', there, recordType === undefined ? {} : { recordType }) ?? {},
    sort: [{ field: 'name', direction: 'ascending' }],
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
  return { ...page, documents: page.documents.map(shownSavedFilter) };
}

/** One saved filter; undefined when there is none for the reader. */
export async function getSavedFilter(
  { readStore, models }: QueryContext,
  { id, reader }: { readonly id: Uuid; readonly reader: FilterReader },
): Promise<ShownSavedFilter | undefined> {
  const stored = await readStore.load(models.live(SAVED_FILTERS.name), [id]);
  const document = stored.get(id)?.document as SavedFilterDocument | undefined;
  const filter = document && shownSavedFilter(document);
  return filter && seesFilter({ ...filter, status: 'kept' }, reader) ? filter : undefined;
}
