import type { CollectionDefinition } from '../read-store.port.js';
import { openCatalog } from './catalog.js';
import { openDatabase, rowsOf } from './database.js';
import { idIndex, indexFields, type Layout } from './layout.js';

/**
 * Declared indexes that the read store of a data folder does not have, as `collection: fields`; nothing is made, and another process
 * may have it open.
 * @throws ReadStoreUnavailable there is nothing to read
 */
export function missingEmbeddedIndexes(
  folder: string,
  collections: readonly CollectionDefinition[],
): readonly string[] {
  const connection = openDatabase({ folder, readOnly: true });
  try {
    const catalog = openCatalog(connection);
    // What the catalogue says was made once; somebody may have dropped it since.
    const there = new Set(
      rowsOf(connection.prepare('SELECT name FROM sqlite_master')).map(([name]) => String(name)),
    );
    return collections.flatMap((collection) => {
      const layout = catalog.find(collection);
      return declaredIn(collection, layout)
        .filter(({ names }) => names.length === 0 || !names.every((name) => there.has(name)))
        .map(({ fields }) => `${collection.name}: ${fields.join(', ')}`);
    });
  } finally {
    connection.close();
  }
}

interface Declared {
  readonly fields: readonly string[];
  /** What must be in the file for it; empty when nobody made it. */
  readonly names: readonly string[];
}

function declaredIn({ indexes }: CollectionDefinition, layout: Layout | undefined): Declared[] {
  const byId = { fields: ['id'], names: layout ? [idIndex(layout).name] : [] };
  const declared = indexes.flatMap((index): Declared[] => {
    const fields = indexFields(index.fields);
    if (fields.length === 0) return [];
    if (index.multi) {
      return fields.map((field) => {
        const multi = layout?.multis.find((one) => one.field === field);
        const names = layout && multi ? [multi.exact ? layout.hashes : layout.terms] : [];
        return { fields: [field], names };
      });
    }
    const wanted = fields.join(' ');
    const made = layout?.indexes.find((one) => one.fields.join(' ') === wanted);
    return [{ fields: [...fields, 'id'], names: made ? [made.name] : [] }];
  });
  return [byId, ...declared];
}
