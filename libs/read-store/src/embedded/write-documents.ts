import type { Position } from '#crm';
import type { Document } from '../read-store.port.js';
import { type Connection, first, type Statement } from './database.js';
import { splitElements } from './elements.js';
import type { Layout } from './layout.js';
import { derivedNames, derivedValues } from './row.js';
import { type SqlValue, toSqlValue } from './sql-value.js';

/** Writes documents of one collection, each guarded by its position, within the caller's transaction. */
export interface DocumentWriter {
  put(document: Document, position: Position): void;
  remove(id: string, position: Position): void;
  /** Fields found to hold lists that the layout does not know of. */
  readonly lists: ReadonlySet<string>;
}

interface MultiStatements {
  readonly add: Statement;
  readonly remove: Statement;
}

export function openDocumentWriter(connection: Connection, layout: Layout): DocumentWriter {
  const { table, removed } = layout;
  const derived = derivedNames(layout);
  const columns = ['id', 'position', ...derived, 'document'];
  const updates = columns.slice(1).map((name) => `${name} = excluded.${name}`);
  const upsert = connection.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map((_, i) => `?${i + 1}`).join(', ')}
     WHERE NOT EXISTS (SELECT 1 FROM ${removed} WHERE id = ?1 AND position >= ?2)
     ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')} WHERE excluded.position > position`,
  );
  const stored = connection.prepare(
    `SELECT ${['k', 'position', ...layout.multis.map((multi) => multi.name)].join(', ')} FROM ${table} WHERE id = ?`,
  );
  const forget = connection.prepare(`DELETE FROM ${table} WHERE id = ? AND position < ?`);
  const bury = connection.prepare(
    `INSERT INTO ${removed} SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE id = ?1)
     ON CONFLICT (id) DO UPDATE SET position = excluded.position WHERE excluded.position > position`,
  );
  const multis: readonly MultiStatements[] = layout.multis.map((multi) => ({
    add: connection.prepare(`INSERT INTO ${multi.table} VALUES (?, ?)`),
    remove: connection.prepare(`DELETE FROM ${multi.table} WHERE value = ? AND k = ?`),
  }));
  const lists = new Set<string>();

  /** Brings the element rows of one document from what they were to what they are. */
  const index = (k: number, before: readonly unknown[], after: readonly unknown[]): void => {
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
  };

  return {
    lists,
    put(document, position) {
      const values: SqlValue[] = derivedValues(layout, document, (field) => lists.add(field));
      const row = [document.id, position, ...values, JSON.stringify(document)];
      if (multis.length === 0) {
        upsert.run(row);
        return;
      }
      const before = first(stored, document.id);
      if (before !== undefined && Number(before[1]) >= position) return;
      const { changes, lastInsertRowid } = upsert.run(row);
      if (changes === 0) return;
      index(Number(before?.[0] ?? lastInsertRowid), before?.slice(2) ?? [], values);
    },
    remove(id, position) {
      const before = multis.length === 0 ? undefined : first(stored, id);
      const { changes } = forget.run([id, position]);
      if (changes > 0 && before !== undefined) index(Number(before[0]), before.slice(2), []);
      bury.run([id, position]);
    },
  };
}
