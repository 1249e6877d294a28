import type { Document, LookUp } from '../read-store.port.js';
import { elementHash } from './element-hash.js';
import { elementTerm } from './element-terms.js';
import { elementsOf } from './elements.js';
import type { Layout } from './layout.js';
import type { Statements } from './statements.js';

/** A read through the elements' index for each element, and one for all documents that they name. */
export function lookUpDocuments<Doc extends Document>(
  statements: Statements,
  layout: Layout,
  { field, elements, most }: LookUp,
): ReadonlyMap<string, Doc> {
  const place = layout.multis.findIndex((multi) => multi.field === field);
  const multi = layout.multis[place];
  if (!multi) throw new RangeError(`The field ${field} has no index of its elements.`);
  const keys = new Set<number>();
  for (const element of elements) {
    const [sql, wanted] = multi.exact
      ? [`SELECT k FROM ${layout.hashes} WHERE h = ? LIMIT ?`, elementHash(place, element)]
      : [
          `SELECT rowid FROM ${layout.terms} WHERE ${layout.terms} MATCH ? LIMIT ?`,
          elementTerm(place, element),
        ];
    for (const [k] of statements.rows(sql, [wanted, most])) keys.add(Number(k));
  }
  if (keys.size === 0) return new Map();
  const rows = statements.rows(
    `SELECT document FROM ${layout.table} WHERE k IN (SELECT value FROM json_each(?))`,
    [JSON.stringify([...keys])],
  );
  const wanted = new Set<unknown>(elements);
  const documents = rows.map(([document]): Doc => JSON.parse(String(document)));
  // The index may take two elements for one.
  const held = documents.filter((document) =>
    elementsOf(document, multi).some((element) => wanted.has(element)),
  );
  return new Map(held.map((document) => [document.id, document]));
}
