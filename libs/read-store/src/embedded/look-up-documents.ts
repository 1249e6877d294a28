import { elementsOf } from '#crm';
import type { Document, LookUp } from '../read-store.port.js';
import { elementHash } from './element-hash.js';
import { elementTerm, termQuery } from './element-terms.js';
import type { Layout } from './layout.js';
import type { Statements } from './statements.js';

/** One read through the elements' index, and one for all documents that it names. */
export function lookUpDocuments<Doc extends Document>(
  statements: Statements,
  layout: Layout,
  { field, elements, most }: LookUp,
): ReadonlyMap<string, Doc> {
  const place = layout.multis.findIndex((multi) => multi.field === field);
  const multi = layout.multis[place];
  if (!multi) throw new RangeError(`The field ${field} has no index of its elements.`);
  const texts = elements.map((element) => JSON.stringify(element));
  const [source, names] = multi.exact
    ? [hashedSql(layout), texts.map((json) => elementHash(place, json))]
    : [termedSql(layout), texts.map((json) => termQuery(elementTerm(place, json)))];
  const rows = statements.rows(
    `SELECT document FROM ${layout.table} WHERE k IN (SELECT k.value FROM (${source}) e, json_each(e.keys) k)`,
    [most, JSON.stringify(names)],
  );
  const wanted = new Set<unknown>(elements);
  const documents = rows.map(([document]): Doc => JSON.parse(String(document)));
  // The index may take two elements for one.
  const held = documents.filter((document) =>
    elementsOf(document, multi.path).some((element) => wanted.has(element)),
  );
  return new Map(held.map((document) => [document.id, document]));
}

/** For each hash of ?2, up to ?1 keys as one JSON list: a limit for each needs a query for each, within the one statement. */
function hashedSql({ hashes }: Layout): string {
  return `SELECT (SELECT json_group_array(k) FROM (SELECT k FROM ${hashes} WHERE h = wanted.value LIMIT ?1)) AS keys FROM json_each(?2) wanted`;
}

function termedSql({ terms }: Layout): string {
  return `SELECT (SELECT json_group_array(k) FROM (SELECT rowid AS k FROM ${terms} WHERE ${terms} MATCH wanted.value LIMIT ?1)) AS keys FROM json_each(?2) wanted`;
}
