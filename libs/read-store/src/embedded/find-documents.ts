import { valueAt } from '../filter/candidates.js';
import { checkFilter } from '../filter/check-filter.js';
import type { CollectionDefinition, Document, Find, Page, SortKey } from '../read-store.port.js';
import { readCursor, writeCursor } from './cursor.js';
import { DOCUMENTS, filterSql, sortSql } from './filter-sql.js';
import type { Layout } from './layout.js';
import { parameters } from './parameters.js';
import { behindSql, orderSql, totalSort } from './sort.js';
import type { Statements } from './statements.js';

const MOST = 1_000;

function cursorValues(document: Document, sort: readonly SortKey[]) {
  return sort.map(({ field }) => valueAt(document, field.split('.')));
}

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
  const bind = parameters();
  const expressions = sort.map(({ field }) => sortSql(bind, layout, field));
  const behind = place === undefined ? '1' : behindSql(bind, layout, sort, place);
  const rows = statements.rows(
    `SELECT document FROM ${layout.table} ${DOCUMENTS} WHERE ${filterSql(bind, layout, root)} AND ${behind} ORDER BY ${orderSql(sort, expressions)} LIMIT ${find.limit + 1}`,
    bind.values,
  );
  const documents = rows
    .slice(0, find.limit)
    .map(([document]): Doc => JSON.parse(String(document)));
  const last = documents.at(-1);
  if (rows.length <= find.limit || last === undefined) return { documents };
  return { documents, next: writeCursor(query, cursorValues(last, sort)) };
}

export function countDocuments(
  statements: Statements,
  layout: Layout,
  filter: Find['filter'],
  upTo: number,
): number {
  const { root } = checkFilter(filter);
  const bind = parameters();
  const where = filterSql(bind, layout, root);
  const rows = statements.rows(
    `SELECT count(*) FROM (SELECT 1 FROM ${layout.table} ${DOCUMENTS} WHERE ${where} LIMIT ${bind.bind(upTo)})`,
    bind.values,
  );
  return Number(rows[0]?.[0]);
}
