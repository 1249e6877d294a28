import type { Connection } from './database.js';
import { splitElements } from './elements.js';
import type { Layout } from './layout.js';
import { toSqlValue } from './sql-value.js';

/** Keeps the rows of multi fields' elements, touching only those that changed. */
export interface ElementWriter {
  /** @param before, after the document's derived values, which begin with one joined text per multi field; none at all: no document */
  replace(k: number, before: readonly unknown[], after: readonly unknown[]): void;
}

export function openElementWriter(connection: Connection, layout: Layout): ElementWriter {
  const multis = layout.multis.map((multi) => ({
    add: connection.prepare(`INSERT INTO ${multi.table} VALUES (?, ?)`),
    remove: connection.prepare(`DELETE FROM ${multi.table} WHERE value = ? AND k = ?`),
  }));
  return {
    replace(k, before, after) {
      multis.forEach((multi, i) => {
        const was = String(before[i] ?? '');
        const is = String(after[i] ?? '');
        if (was === is) return;
        const old = new Set(splitElements(was));
        for (const element of splitElements(is)) {
          if (!old.delete(element)) multi.add.run([toSqlValue(element), k]);
        }
        for (const element of old) multi.remove.run([toSqlValue(element), k]);
      });
    },
  };
}
