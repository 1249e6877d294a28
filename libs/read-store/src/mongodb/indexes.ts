import type { Db, IndexDescriptionInfo } from 'mongodb';
import { ReadStoreUnavailable } from '../errors.js';
import type { CollectionDefinition, IndexDefinition } from '../read-store.port.js';
import { collectionIn, storedName } from './collections.js';
import { storedPath } from './stored-document.js';

type IndexKey = Readonly<Record<string, 1>>;

/** Options under which an index does not find what a declared one does, refuses documents, or deletes them. */
const WRONG = [
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  'hidden',
] as const;
const ALREADY_THERE = 48;
const CONFLICTS = new Set<unknown>([85, 86]);

/** The fields in order, `_id` last. */
function indexKey({ fields }: IndexDefinition): IndexKey {
  const id = fields.indexOf('id');
  const named = id < 0 ? fields : fields.slice(0, id);
  return Object.fromEntries([...named.map(storedPath), '_id'].map((path) => [path, 1]));
}

/**
 * Creates the collection and the declared indexes that are missing. Several processes may do so at once.
 * @throws ReadStoreUnavailable naming an index that stands where a declared one should, or that keeps documents out
 */
export async function ensureIndexes(db: Db, collection: CollectionDefinition): Promise<void> {
  const stored = collectionIn(db, collection);
  const declared = new Map(
    collection.indexes.map((index) => [JSON.stringify(indexKey(index)), indexKey(index)]),
  );
  declared.delete(JSON.stringify({ _id: 1 }));
  await create(db, storedName(collection));
  const existing = await stored.listIndexes().toArray();
  for (const index of existing) checkIndex(storedName(collection), index, declared);
  for (const index of existing) declared.delete(JSON.stringify(index.key));
  if (declared.size === 0) return;
  try {
    await stored.createIndexes([...declared.values()].map((key) => ({ key: { ...key } })));
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (!CONFLICTS.has(code)) throw error;
    throw new ReadStoreUnavailable(
      `collection ${storedName(collection)} has an index by the name of a declared one and with other options; drop it, and it is made anew`,
    );
  }
}

/**
 * Declared indexes that are not there, by their fields; nothing is made.
 * @throws what the driver throws
 */
export async function missingIndexes(
  db: Db,
  collection: CollectionDefinition,
): Promise<readonly string[]> {
  const there = await db
    .listCollections({ name: storedName(collection) }, { nameOnly: true })
    .toArray();
  const existing =
    there.length > 0 ? await collectionIn(db, collection).listIndexes().toArray() : [];
  const keys = new Set(existing.map(({ key }) => JSON.stringify(key)));
  return collection.indexes
    .map(indexKey)
    .filter((key) => !keys.has(JSON.stringify(key)))
    .map((key) => Object.keys(key).join(', '));
}

async function create(db: Db, name: string): Promise<void> {
  try {
    await db.createCollection(name);
  } catch (error) {
    if ((error as { code?: unknown }).code !== ALREADY_THERE) throw error;
  }
}

function checkIndex(
  collection: string,
  index: IndexDescriptionInfo,
  declared: ReadonlyMap<string, IndexKey>,
): void {
  if (index.name === '_id_') return;
  const options = WRONG.filter((option) => index[option] !== undefined && index[option] !== false);
  const harmful = options.includes('unique') || options.includes('expireAfterSeconds');
  if (!harmful && (options.length === 0 || !declared.has(JSON.stringify(index.key)))) return;
  throw new ReadStoreUnavailable(
    `index ${index.name} of collection ${collection} is not as declared (${options.join(', ')}); drop it, and it is made anew if it is needed`,
  );
}
