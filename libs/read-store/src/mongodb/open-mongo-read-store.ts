import { checkFilter } from '#crm';
import { type MongoConnection, MongoUnavailable } from '#mongodb';
import { ReadStoreUnavailable } from '../errors.js';
import { pageQuery } from '../paging/page-query.js';
import type { CollectionDefinition, Document, ReadStore } from '../read-store.port.js';
import { behindQuery } from './behind-query.js';
import { collectionIn, dropIn, storedName, versionsIn } from './collections.js';
import { carryOut, checkFence, decide, decisionOf } from './decisions.js';
import { allOf, filterQuery, type Query } from './filter-query.js';
import { ensureIndexes } from './indexes.js';
import { lookUpIn } from './look-up-query.js';
import { documentOf, NOT_REMOVED, storedPath, withPosition } from './stored-document.js';
import { checkpointsIn, forgetCheckpoint, writeCheckpoints } from './write-checkpoints.js';
import { writeToCollections } from './write-to-collections.js';

/** Indexes over many documents take their time. */
const INDEXES_WITHIN_MS = 600_000;

/**
 * The read store on MongoDB: one collection for each version, documents as they are (`stored-document.ts`). Every change is one of a
 * single document, guarded by its position, so it asks for nothing that a replica set, a sharded cluster or a compatible service
 * does not do. Closing it leaves the connection open.
 */
export function openMongoReadStore(connection: MongoConnection): ReadStore {
  const { db } = connection;
  const ensured = new Set<string>();
  let closed = false;

  async function guarded<Result>(
    work: () => Promise<Result>,
    patienceMs?: number,
  ): Promise<Result> {
    if (closed) throw new ReadStoreUnavailable('it is closed');
    try {
      return await connection.run(work, patienceMs);
    } catch (error) {
      if (!(error instanceof MongoUnavailable)) throw error;
      throw new ReadStoreUnavailable(`MongoDB at ${error.place}: ${error.why}`);
    }
  }

  async function ensure(collection: CollectionDefinition): Promise<void> {
    await guarded(() => ensureIndexes(db, collection), INDEXES_WITHIN_MS);
    ensured.add(definitionOf(collection));
  }

  /** What is written to without having been ensured, by this process, is made as it is declared. */
  async function ensureNew(collections: Iterable<CollectionDefinition>): Promise<void> {
    const unknown = new Map<string, CollectionDefinition>();
    for (const collection of new Set(collections)) {
      const definition = definitionOf(collection);
      if (!ensured.has(definition)) unknown.set(definition, collection);
    }
    for (const collection of unknown.values()) await ensure(collection);
  }

  return {
    ensure,
    async load(collection, ids) {
      if (ids.length === 0) return new Map();
      const query = { _id: { $in: [...ids] }, ...NOT_REMOVED };
      const options = { batchSize: ids.length + 1 };
      const stored = await guarded(() =>
        collectionIn(db, collection).find(query, options).toArray(),
      );
      return new Map(stored.map((document) => [document._id, withPosition(document)]));
    },
    async write({ ahead = [], writes, decisions = [], checkpoints, fence }) {
      if (fence) await guarded(() => checkFence(db, fence));
      await ensureNew([...ahead, ...writes, ...decisions].map(({ collection }) => collection));
      await guarded(() => writeToCollections(db, ahead));
      await guarded(() => writeToCollections(db, writes));
      if (fence && decisions.length > 0) {
        const decided = decisionOf(decisions);
        await guarded(() => decide(db, fence, decided));
        await guarded(() => carryOut(db, fence.name, decided));
      } else await guarded(() => writeToCollections(db, decisions));
      await guarded(() => writeCheckpoints(db, checkpoints, fence));
    },
    async find<Doc extends Document>(
      collection: CollectionDefinition,
      find: Parameters<ReadStore['find']>[1],
    ) {
      const { root, sort, place, limit, page } = pageQuery(collection, find);
      const query = allOf([filterQuery(root), ...(place ? [behindQuery(sort, place)] : [])]);
      const order = sort.map(({ field, direction }): [string, 1 | -1] => [
        storedPath(field),
        direction === 'ascending' ? 1 : -1,
      ]);
      const found = await guarded(() =>
        collectionIn(db, collection)
          .find(live(query))
          .sort(order)
          .limit(limit)
          .batchSize(limit)
          .toArray(),
      );
      return page(found.map((stored) => documentOf<Doc>(stored)));
    },
    lookUp: (collection, lookUp) =>
      guarded(() => lookUpIn(collectionIn(db, collection), collection, lookUp)),
    async count(collection, filter, upTo) {
      const query = live(filterQuery(checkFilter(filter).root));
      // To MongoDB, no limit at all.
      if (upTo < 1) return 0;
      const { n } = await guarded(() =>
        db.command({ count: storedName(collection), query, limit: upTo }),
      );
      return Number(n);
    },
    async checkpoints(names) {
      const query = { _id: { $in: [...names] } };
      const saved = await guarded(() => checkpointsIn(db).find(query).toArray());
      // Of a forgotten one the token stays.
      return new Map(
        saved.flatMap(({ _id, position }) => (position === undefined ? [] : [[_id, position]])),
      );
    },
    versions: (name) => guarded(() => versionsIn(db, name)),
    async drop(collection, fence) {
      if (fence) await guarded(() => checkFence(db, fence));
      const name = storedName(collection);
      for (const definition of ensured)
        if (definition.startsWith(`${name} `)) ensured.delete(definition);
      await guarded(() => dropIn(db, collection));
    },
    async forget(name, fence) {
      if (fence) await guarded(() => checkFence(db, fence));
      await guarded(() => forgetCheckpoint(db, name, fence));
    },
    async close() {
      closed = true;
    },
  };
}

function live(query: Query): Query {
  return allOf([query, NOT_REMOVED]);
}

function definitionOf(collection: CollectionDefinition): string {
  return `${storedName(collection)} ${JSON.stringify(collection.indexes)}`;
}
