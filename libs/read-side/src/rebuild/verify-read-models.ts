import type { Position } from '#crm';
import { NO_SETTINGS, SETTINGS_STREAM } from '#crm';
import { type EventLog, logPages } from '#event-store';
import type { CollectionDefinition, Document, ReadStore } from '#read-store';
import { createGroup, foldBatch, type Group } from '../engine/fold-batch.js';
import { firstBuild, readLiveVersions } from '../engine/generations.js';
import { collectionsOf, createModel, modelName } from '../engine/model.js';
import { FROZEN_DOCUMENTS, PARKED_EVENTS } from '../engine/parking.js';
import type { Projection } from '../engine/projection.port.js';
import { sameDocument } from './same-document.js';

export interface VerifyOptions {
  readonly log: EventLog;
  readonly readStore: ReadStore;
  /** An empty read store for the fresh fold, of which nothing is kept: `openEmbeddedReadStore({})`. */
  readonly scratch: ReadStore;
  readonly projections: readonly Projection[];
  readonly onProgress?: (reached: Position, head: Position) => void;
}

/** A document that is not what the log says. */
export interface Difference {
  readonly collection: string;
  readonly id: string;
  readonly kind: 'missing' | 'unexpected' | 'different';
}

export interface Verification {
  /** The position up to which both were compared. */
  readonly position: Position;
  readonly documents: number;
  /** The first 1,000. */
  readonly differences: readonly Difference[];
}

const BATCH = 2_000;
const PAGE = 500;
const MOST = 1_000;

/**
 * Folds the whole log afresh, up to where the read models stand, and compares every document. Memory is bounded by the batch; the
 * read models must stand still meanwhile.
 */
export async function verifyReadModels(options: VerifyOptions): Promise<Verification> {
  const { readStore, scratch, projections } = options;
  const live = await readLiveVersions(
    readStore,
    projections.map(({ collection }) => collection.name),
  );
  const models = projections.map((projection) => {
    const { name, version } = projection.collection;
    return createModel(projection, live.get(name) ?? firstBuild(version));
  });
  const names = models.map(({ collection }) => modelName(collection));
  const checkpoints = await readStore.checkpoints(names);
  const position = Math.min(...names.map((name) => checkpoints.get(name) ?? -1));
  const own = [PARKED_EVENTS, FROZEN_DOCUMENTS];
  const collections = models.flatMap(collectionsOf);
  for (const collection of [...own, ...collections]) await scratch.ensure(collection);
  await foldAfresh(options, createGroup(models, NO_SETTINGS, -1), position);
  const differences: Difference[] = [];
  let documents = 0;
  for (const collection of collections) {
    documents += await compare(collection, readStore, scratch, differences);
  }
  return { position, documents, differences };
}

async function foldAfresh(
  { log, scratch, onProgress }: VerifyOptions,
  group: Group,
  until: Position,
): Promise<void> {
  const prefixes = [
    SETTINGS_STREAM,
    ...new Set(group.models.flatMap(({ projection }) => projection.prefixes)),
  ];
  for await (const events of logPages(log, { upTo: until, prefixes, size: BATCH })) {
    const reached = events.at(-1)?.position ?? until;
    await foldBatch(scratch, group, events, reached, () => onProgress?.(reached, until));
  }
  await group.writing;
}

/** Walks both by id; answers how many documents there are afresh. */
async function compare(
  collection: CollectionDefinition,
  stored: ReadStore,
  fresh: ReadStore,
  differences: Difference[],
): Promise<number> {
  const { name } = collection;
  const left = walk(stored, collection);
  const right = walk(fresh, collection);
  let count = 0;
  let [one, other] = [await left.next(), await right.next()];
  while (!one.done || !other.done) {
    const mine = one.done ? undefined : one.value;
    const theirs = other.done ? undefined : other.value;
    const order = compareIds(mine?.id, theirs?.id);
    const id = order <= 0 ? mine?.id : theirs?.id;
    const kind = order < 0 ? 'unexpected' : order > 0 ? 'missing' : 'different';
    const same = order === 0 && mine && theirs && sameDocument(mine, theirs);
    if (!same && id !== undefined && differences.length < MOST) {
      differences.push({ collection: name, id, kind });
    }
    if (order >= 0) count += 1;
    if (order <= 0) one = await left.next();
    if (order >= 0) other = await right.next();
  }
  return count;
}

function compareIds(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

async function* walk(
  readStore: ReadStore,
  collection: CollectionDefinition,
): AsyncGenerator<Document, void> {
  let cursor: string | undefined;
  do {
    const at = cursor === undefined ? {} : { cursor };
    const page = await readStore.find(collection, { filter: {}, sort: [], limit: PAGE, ...at });
    yield* page.documents;
    cursor = page.next;
  } while (cursor !== undefined);
}
