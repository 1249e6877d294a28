import type { Connection } from './database.js';
import { elementHash } from './element-hash.js';
import { elementTerm } from './element-terms.js';
import { splitElements } from './elements.js';
import type { Layout } from './layout.js';

/** Keeps the indexes of multi fields' elements, touching only those that changed. */
export interface ElementWriter {
  /**
   * Takes a change up; `flush` writes it.
   * @param before, after the document's derived values, which begin with one joined text per multi field; none at all: no document
   */
  replace(k: number, before: readonly unknown[], after: readonly unknown[]): void;
  /** Writes what was taken up. */
  flush(): void;
}

/** A hash and the document that has it. */
type Entry = readonly [h: number, k: number];

export function openElementWriter(connection: Connection, layout: Layout): ElementWriter {
  if (layout.multis.length === 0) return { replace: () => {}, flush: () => {} };
  const { terms, hashes } = layout;
  const entries = 'SELECT value ->> 0, value ->> 1 FROM json_each(?)';
  const addTerms = connection.prepare(`INSERT INTO ${terms} (rowid, terms) VALUES (?, ?)`);
  const removeTerms = connection.prepare(`DELETE FROM ${terms} WHERE rowid = ?`);
  const addHashes = connection.prepare(`INSERT OR IGNORE INTO ${hashes} ${entries}`);
  const removeHashes = connection.prepare(`DELETE FROM ${hashes} WHERE (h, k) IN (${entries})`);
  let added: Entry[] = [];
  let removed: Entry[] = [];
  let touched = new Set<number>();

  function flush(): void {
    if (removed.length > 0) removeHashes.run([JSON.stringify(removed)]);
    // In their order, so that neighbours in the index are written together.
    added.sort(([one], [other]) => one - other);
    if (added.length > 0) addHashes.run([JSON.stringify(added)]);
    added = [];
    removed = [];
    touched = new Set();
  }

  function replaceHashes(k: number, before: readonly unknown[], after: readonly unknown[]): void {
    const was = hashesOf(layout, before);
    const is = hashesOf(layout, after);
    for (const h of is) if (!was.has(h)) added.push([h, k]);
    for (const h of was) if (!is.has(h)) removed.push([h, k]);
  }

  return {
    flush,
    replace(k, before, after) {
      const changed = layout.multis.filter((_, i) => (before[i] ?? '') !== (after[i] ?? ''));
      if (changed.length === 0) return;
      // What was taken up of a document is written before it changes again.
      if (touched.has(k)) flush();
      touched.add(k);
      if (changed.some(({ exact }) => exact)) replaceHashes(k, before, after);
      if (changed.every(({ exact }) => exact)) return;
      const is = termsOf(layout, after);
      if (before.length > 0) removeTerms.run([k]);
      if (is !== '') addTerms.run([k, is]);
    },
  };
}

/** Hashes of all elements of a document's exact multi fields. */
export function hashesOf({ multis }: Layout, derived: readonly unknown[]): ReadonlySet<number> {
  const hashes = new Set<number>();
  for (const [i, { exact }] of multis.entries()) {
    if (!exact) continue;
    for (const json of splitElements(String(derived[i] ?? ''))) hashes.add(elementHash(i, json));
  }
  return hashes;
}

/** All terms of a document, of the multi fields that are not exact. */
export function termsOf({ multis }: Layout, derived: readonly unknown[]): string {
  const terms: string[] = [];
  for (const [i, { exact }] of multis.entries()) {
    if (exact) continue;
    for (const json of splitElements(String(derived[i] ?? ''))) terms.push(elementTerm(i, json));
  }
  return terms.join(' ');
}
