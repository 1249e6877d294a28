import type { Db } from 'mongodb';
import type { Write } from '../read-store.port.js';
import { collectionIn, storedName } from './collections.js';
import { writeGuarded } from './write-guarded.js';

/** One bulk write for each collection, all at once. */
export async function writeToCollections(db: Db, writes: readonly Write[]): Promise<void> {
  const byCollection = new Map<string, Write[]>();
  for (const write of writes) {
    const name = storedName(write.collection);
    const others = byCollection.get(name);
    if (others) others.push(write);
    else byCollection.set(name, [write]);
  }
  await Promise.all(
    [...byCollection.values()].map(async (group) => {
      const collection = group[0]?.collection;
      if (collection) await writeGuarded(collectionIn(db, collection), group);
    }),
  );
}
