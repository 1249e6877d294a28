import type { Collection, Db } from 'mongodb';
import { checkCollection } from '../check-collection.js';
import type { CollectionDefinition } from '../read-store.port.js';
import type { StoredDocument } from './stored-document.js';

type Named = Pick<CollectionDefinition, 'name' | 'version'>;

const VERSIONED = /^(.+)\.v(\d+)$/;

/** `leads.v1001`. */
export function storedName({ name, version }: Named): string {
  return `${name}.v${version}`;
}

/** @throws RangeError the name or version is not as the port wants it */
export function collectionIn(db: Db, collection: Named): Collection<StoredDocument> {
  checkCollection(collection);
  return db.collection<StoredDocument>(storedName(collection));
}

/** Versions of a collection that exist, ascending. */
export async function versionsIn(db: Db, name: string): Promise<readonly number[]> {
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  const versions = collections.flatMap((collection) => {
    const [, found, version] = VERSIONED.exec(collection.name) ?? [];
    return found === name ? [Number(version)] : [];
  });
  return versions.sort((a, b) => a - b);
}

const NO_SUCH_COLLECTION = 26;

/** Nothing happens when it is not there. */
export async function dropIn(db: Db, collection: Named): Promise<void> {
  try {
    await collectionIn(db, collection).drop();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (code !== NO_SUCH_COLLECTION && message !== 'ns not found') throw error;
  }
}
