import type { Connection } from './database.js';
import { elementTerm } from './element-terms.js';
import { splitElements } from './elements.js';
import type { Layout } from './layout.js';

/** Keeps the full-text index of multi fields' elements, touching only documents whose elements changed. */
export interface ElementWriter {
  /** @param before, after the document's derived values, which begin with one joined text per multi field; none at all: no document */
  replace(k: number, before: readonly unknown[], after: readonly unknown[]): void;
}

export function openElementWriter(connection: Connection, layout: Layout): ElementWriter {
  const count = layout.multis.length;
  if (count === 0) return { replace: () => {} };
  const add = connection.prepare(`INSERT INTO ${layout.elements} (rowid, terms) VALUES (?, ?)`);
  const remove = connection.prepare(`DELETE FROM ${layout.elements} WHERE rowid = ?`);
  const joined = (derived: readonly unknown[]) =>
    Array.from({ length: count }, (_, i) => String(derived[i] ?? ''));
  return {
    replace(k, before, after) {
      const was = joined(before);
      const is = joined(after);
      if (was.every((text, i) => text === is[i])) return;
      if (was.some((text) => text !== '')) remove.run([k]);
      if (is.some((text) => text !== '')) add.run([k, termsOf(is)]);
    },
  };
}

/** All terms of a document, from the joined texts of its multi fields in their order. */
export function termsOf(joined: readonly string[]): string {
  return joined
    .flatMap((text, multi) => splitElements(text).map((element) => elementTerm(multi, element)))
    .join(' ');
}
