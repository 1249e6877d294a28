import { valueAt } from '../filter/candidates.js';
import { checkFilter } from '../filter/check-filter.js';
import type { CollectionDefinition, Document, Find, Page } from '../read-store.port.js';
import { readCursor, writeCursor } from './cursor.js';
import type { Layout } from './layout.js';
import { planPage } from './plan/plan-page.js';
import { totalSort } from './sort.js';
import type { Statements } from './statements.js';

const MOST = 1_000;

/** @param layout undefined when the collection does not exist, and so is empty */
export function findDocuments<Doc extends Document>(
  statements: Statements,
  layout: Layout | undefined,
  { name, version }: CollectionDefinition,
  find: Find,
): Page<Doc> {
  const { root } = checkFilter(find.filter);
  const sort = totalSort(find.sort);
  if (!Number.isInteger(find.limit) || find.limit < 1 || find.limit > MOST) {
    throw new RangeError(`A page has 1 to ${MOST} documents.`);
  }
  const query = JSON.stringify([name, version, root, sort]);
  const place = find.cursor === undefined ? undefined : readCursor(query, find.cursor);
  if (layout === undefined) return { documents: [] };
  const { sql, values } = planPage(
    statements,
    { layout, sort, place, limit: find.limit + 1 },
    root,
  );
  const rows = statements.rows(sql, values);
  const documents = rows
    .slice(0, find.limit)
    .map(([document]): Doc => JSON.parse(String(document)));
  const last = documents.at(-1);
  if (rows.length <= find.limit || last === undefined) return { documents };
  const ended = sort.map(({ field }) => valueAt(last, field.split('.')));
  return { documents, next: writeCursor(query, ended) };
}
