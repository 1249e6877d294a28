import { pageQuery } from '../paging/page-query.js';
import type { CollectionDefinition, Document, Find, Page } from '../read-store.port.js';
import type { Layout } from './layout.js';
import { planPage } from './plan/plan-page.js';
import { placeSqlValue } from './sql-value.js';
import type { Statements } from './statements.js';

/** @param layout undefined when the collection does not exist, and so is empty */
export function findDocuments<Doc extends Document>(
  statements: Statements,
  layout: Layout | undefined,
  collection: CollectionDefinition,
  find: Find,
): Page<Doc> {
  const { root, sort, limit, page, ...asked } = pageQuery(collection, find);
  if (layout === undefined) return { documents: [] };
  const place = asked.place?.map(placeSqlValue);
  const { sql, values } = planPage(statements, { layout, sort, place, limit }, root);
  return page(statements.rows(sql, values).map(([document]): Doc => JSON.parse(String(document))));
}
