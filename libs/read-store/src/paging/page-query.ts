import { checkFilter, type FilterNode, valueAt } from '#crm';
import type { CollectionDefinition, Document, Find, Page, SortKey } from '../read-store.port.js';
import { type Place, readCursor, writeCursor } from './cursor.js';
import { totalSort } from './total-sort.js';

const MOST = 1_000;

/** A page that was asked for, checked. */
export interface PageQuery {
  readonly root: FilterNode;
  readonly sort: readonly SortKey[];
  /** Where the page before ended. */
  readonly place: Place | undefined;
  /** One more than the page has: whether there is more. */
  readonly limit: number;
  /** The page from what was found, in order and up to `limit`. */
  page<Doc extends Document>(found: readonly Doc[]): Page<Doc>;
}

/**
 * @throws InvalidFilter, InvalidCursor
 * @throws RangeError the limit is not one of a page
 */
export function pageQuery({ name, version }: CollectionDefinition, find: Find): PageQuery {
  const { root } = checkFilter(find.filter);
  const sort = totalSort(find.sort);
  if (!Number.isInteger(find.limit) || find.limit < 1 || find.limit > MOST) {
    throw new RangeError(`A page has 1 to ${MOST} documents.`);
  }
  const query = JSON.stringify([name, version, root, sort]);
  return {
    root,
    sort,
    place: find.cursor === undefined ? undefined : readCursor(query, find.cursor),
    limit: find.limit + 1,
    page(found) {
      const documents = found.slice(0, find.limit);
      const last = documents.at(-1);
      if (found.length <= find.limit || last === undefined) return { documents };
      const ended = sort.map(({ field }) => valueAt(last, field.split('.')));
      return { documents, next: writeCursor(query, ended) };
    },
  };
}
