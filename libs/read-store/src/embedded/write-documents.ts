import type { Write } from '../read-store.port.js';
import { type Connection, rowsOf, type Statement } from './database.js';
import { openElementWriter } from './element-writer.js';
import type { Layout } from './layout.js';
import { derivedNames, derivedValues } from './row.js';
import type { SqlValue } from './sql-value.js';

/** A write of a document whose text is at hand. */
export type PutText = Extract<Write, { kind: 'put' }> & { readonly text?: string };

/** Writes documents of one collection, each guarded by its position, within the caller's transaction. */
export interface DocumentWriter {
  write(writes: readonly Write[]): void;
  /** Fields found to hold lists that the layout does not know of. */
  readonly lists: ReadonlySet<string>;
}

/** A stored document as far as writing it anew needs. */
interface Before {
  readonly k: number;
  readonly position: number;
  readonly derived: readonly unknown[];
}

function isSame(before: unknown, after: SqlValue | undefined): boolean {
  if (before === after) return true;
  return Buffer.isBuffer(after) && Buffer.isBuffer(before) && after.equals(before);
}

function openStatements(
  connection: Connection,
  { table, removed }: Layout,
  names: readonly string[],
) {
  const columns = ['id', 'position', ...names, 'document'];
  const updates = new Map<string, Statement>();
  return {
    before: connection
      .prepare(
        `SELECT id, ${['k', 'position', ...names].join(', ')} FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
      )
      .raw(),
    insert: connection.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map((_, i) => `?${i + 1}`).join(', ')}
       WHERE NOT EXISTS (SELECT 1 FROM ${removed} WHERE id = ?1 AND position >= ?2)`,
    ),
    /** Names only what changed: SQLite rewrites the entries of every index that has a named column. */
    update(changed: readonly string[]): Statement {
      const key = changed.join();
      const prepared =
        updates.get(key) ??
        connection.prepare(
          `UPDATE ${table} SET ${['position', ...changed, 'document'].map((name) => `${name} = ?`).join(', ')} WHERE k = ?`,
        );
      updates.set(key, prepared);
      return prepared;
    },
    remove: connection.prepare(`DELETE FROM ${table} WHERE k = ?`),
    bury: connection.prepare(
      `INSERT INTO ${removed} VALUES (?, ?)
       ON CONFLICT (id) DO UPDATE SET position = excluded.position WHERE excluded.position > position`,
    ),
  };
}

export function openDocumentWriter(connection: Connection, layout: Layout): DocumentWriter {
  const names = derivedNames(layout);
  const statements = openStatements(connection, layout, names);
  const elements = openElementWriter(connection, layout);
  const lists = new Set<string>();

  const stored = (writes: readonly Write[]): Map<string, Before> => {
    const ids = writes.map((write) => (write.kind === 'put' ? write.document.id : write.id));
    const rows = rowsOf(statements.before, JSON.stringify(ids));
    return new Map(
      rows.map(([id, k, position, ...derived]): [string, Before] => [
        String(id),
        { k: Number(k), position: Number(position), derived },
      ]),
    );
  };

  const put = (
    { document, position, text = JSON.stringify(document) }: PutText,
    before: Before | undefined,
  ): Before | undefined => {
    const derived = derivedValues(layout, document, (field) => lists.add(field));
    if (before === undefined) {
      const row = [document.id, position, ...derived, text];
      const { changes, lastInsertRowid } = statements.insert.run(row);
      if (changes === 0) return undefined;
      elements.replace(Number(lastInsertRowid), [], derived);
      return { k: Number(lastInsertRowid), position, derived };
    }
    const changed = names.filter((_, i) => !isSame(before.derived[i], derived[i]));
    const values = derived.filter((value, i) => !isSame(before.derived[i], value));
    statements.update(changed).run([position, ...values, text, before.k]);
    elements.replace(before.k, before.derived, derived);
    return { k: before.k, position, derived };
  };

  return {
    lists,
    write(writes) {
      const known = stored(writes);
      for (const write of writes) {
        const id = write.kind === 'put' ? write.document.id : write.id;
        const before = known.get(id);
        // The transaction holds the only writer's place, so what was read cannot have moved since.
        if (before !== undefined && before.position >= write.position) continue;
        if (write.kind === 'put') {
          const after = put(write, before);
          if (after !== undefined) known.set(id, after);
          continue;
        }
        if (before !== undefined) {
          statements.remove.run([before.k]);
          elements.replace(before.k, before.derived, []);
          known.delete(id);
        }
        statements.bury.run([id, write.position]);
      }
      elements.flush();
    },
  };
}
