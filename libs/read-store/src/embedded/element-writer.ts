import type { Connection } from './database.js';
import { elementHash } from './element-hash.js';
import { elementTerm } from './element-terms.js';
import { splitElements } from './elements.js';
import type { Layout } from './layout.js';

/** Keeps the indexes of multi fields' elements, touching only those that changed. */
export interface ElementWriter {
  /** @param before, after the document's derived values, which begin with one joined text per multi field; none at all: no document */
  replace(k: number, before: readonly unknown[], after: readonly unknown[]): void;
}

export function openElementWriter(connection: Connection, layout: Layout): ElementWriter {
  if (layout.multis.length === 0) return { replace: () => {} };
  const terms = {
    add: connection.prepare(`INSERT INTO ${layout.terms} (rowid, terms) VALUES (?, ?)`),
    remove: connection.prepare(`DELETE FROM ${layout.terms} WHERE rowid = ?`),
  };
  const hashes = {
    add: connection.prepare(`INSERT OR IGNORE INTO ${layout.hashes} VALUES (?, ?)`),
    remove: connection.prepare(`DELETE FROM ${layout.hashes} WHERE h = ? AND k = ?`),
  };
  return {
    replace(k, before, after) {
      const wasHashed = hashesOf(layout, before);
      const isHashed = hashesOf(layout, after);
      for (const h of isHashed) if (!wasHashed.has(h)) hashes.add.run([h, k]);
      for (const h of wasHashed) if (!isHashed.has(h)) hashes.remove.run([h, k]);
      const was = termsOf(layout, before);
      const is = termsOf(layout, after);
      if (was === is) return;
      if (was !== '') terms.remove.run([k]);
      if (is !== '') terms.add.run([k, is]);
    },
  };
}

/** Hashes of all elements of a document's exact multi fields. */
export function hashesOf({ multis }: Layout, derived: readonly unknown[]): ReadonlySet<number> {
  const hashes = new Set<number>();
  for (const [i, { exact }] of multis.entries()) {
    if (!exact) continue;
    for (const element of splitElements(String(derived[i] ?? '')))
      hashes.add(elementHash(i, element));
  }
  return hashes;
}

/** All terms of a document, of the multi fields that are not exact. */
export function termsOf({ multis }: Layout, derived: readonly unknown[]): string {
  const terms: string[] = [];
  for (const [i, { exact }] of multis.entries()) {
    if (exact) continue;
    for (const element of splitElements(String(derived[i] ?? '')))
      terms.push(elementTerm(i, element));
  }
  return terms.join(' ');
}
