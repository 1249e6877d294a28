import { connectMongo } from '#mongodb';
import {
  type CollectionDefinition,
  type Leases,
  missingIndexes,
  openMongoLeases,
  openMongoReadStore,
  type ReadStore,
} from '#read-store';

/** A MongoDB as an operator looks at it: nothing is made or changed. */
export interface ExaminedMongo {
  /** Hosts and database. */
  readonly place: string;
  readonly version: string;
  readonly readStore: ReadStore;
  readonly leases: Leases;
  /** Whether it holds a key ring. */
  readonly hasKeyRing: boolean;
  /** Declared indexes that are missing, as `collection: fields`. */
  missingIndexes(collections: readonly CollectionDefinition[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** @throws MongoUnavailable */
export async function examineMongo(url: string, openWithinMs: number): Promise<ExaminedMongo> {
  const mongo = await connectMongo({ url, openWithinMs, patienceMs: openWithinMs });
  try {
    const { version } = await mongo.run(() => mongo.db.command({ buildInfo: 1 }));
    const secret = await mongo.run(() => mongo.db.collection('key_secrets').findOne({}));
    return {
      place: mongo.place,
      version: String(version),
      readStore: openMongoReadStore(mongo),
      leases: openMongoLeases(mongo),
      hasKeyRing: secret !== null,
      async missingIndexes(collections) {
        const missing: string[] = [];
        for (const collection of collections) {
          const fields = await mongo.run(() => missingIndexes(mongo.db, collection));
          missing.push(...fields.map((one) => `${collection.name}: ${one}`));
        }
        return missing;
      },
      close: mongo.close,
    };
  } catch (error) {
    await mongo.close();
    throw error;
  }
}
