import { checkCollection } from '../check-collection.js';
import type { CollectionDefinition } from '../read-store.port.js';
import { createMissing } from './create-tables.js';
import { type Connection, first, rowsOf } from './database.js';
import { EMPTY_LAYOUT, extendLayout, type Layout, layoutOf, recordOf } from './layout.js';

/** The layouts of the collections in the file, kept in memory as long as no other process writes. */
export interface Catalog {
  find(collection: Pick<CollectionDefinition, 'name' | 'version'>): Layout | undefined;
  /** Within the caller's transaction: creates what is missing. */
  create(collection: CollectionDefinition): Layout;
  /** True when the collection exists with all that the definition declares. */
  covers(collection: CollectionDefinition): boolean;
  /** Within the caller's transaction: remembers that these fields hold lists. */
  noteLists(layout: Layout, fields: ReadonlySet<string>): void;
  drop(collection: Pick<CollectionDefinition, 'name' | 'version'>): void;
  versions(name: string): readonly number[];
  /** Forgets what was read, after a transaction was rolled back. */
  reset(): void;
}

export function openCatalog(connection: Connection): Catalog {
  const select = connection.prepare(
    'SELECT layout FROM collections WHERE name = ? AND version = ?',
  );
  const save = connection.prepare('INSERT OR REPLACE INTO collections VALUES (?, ?, ?)');
  const dataVersion = connection.prepare('PRAGMA data_version');
  const known = new Map<string, Layout>();
  let seen = 0;

  const find = (collection: Pick<CollectionDefinition, 'name' | 'version'>): Layout | undefined => {
    const now = Number(first(dataVersion)?.[0]);
    if (now !== seen) known.clear();
    seen = now;
    const key = `${collection.name}_${collection.version}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const row = first(select, collection.name, collection.version);
    if (row === undefined) return undefined;
    const layout = layoutOf(collection.name, collection.version, JSON.parse(String(row[0])));
    known.set(key, layout);
    return layout;
  };

  const store = (layout: Layout): Layout => {
    save.run([layout.name, layout.version, JSON.stringify(recordOf(layout))]);
    known.set(`${layout.name}_${layout.version}`, layout);
    return layout;
  };

  return {
    find,
    covers(collection) {
      const layout = find(collection);
      if (layout === undefined) return false;
      const record = recordOf(layout);
      return extendLayout(record, collection) === record;
    },
    create(collection) {
      checkCollection(collection);
      const existing = find(collection);
      const before = existing === undefined ? EMPTY_LAYOUT : recordOf(existing);
      const after = extendLayout(before, collection);
      if (existing !== undefined && after === before) return existing;
      const layout = layoutOf(collection.name, collection.version, after);
      return store(createMissing(connection, existing, layout));
    },
    noteLists(layout, fields) {
      const columns = layout.columns.map((column) =>
        fields.has(column.field) ? { ...column, lists: true } : column,
      );
      store({ ...layout, columns });
    },
    drop(collection) {
      const layout = find(collection);
      if (layout === undefined) return;
      for (const table of [layout.table, layout.removed, layout.terms, layout.hashes]) {
        connection.exec(`DROP TABLE IF EXISTS ${table}`);
      }
      connection
        .prepare('DELETE FROM collections WHERE name = ? AND version = ?')
        .run([collection.name, collection.version]);
      known.delete(`${collection.name}_${collection.version}`);
    },
    versions(name) {
      const select = 'SELECT version FROM collections WHERE name = ? ORDER BY version';
      return rowsOf(connection.prepare(select), name).map(([version]) => Number(version));
    },
    reset() {
      known.clear();
    },
  };
}
