import type { Position } from '#crm';
import { type EventLog, logPages } from '#event-store';
import type { ReadStore } from '#read-store';
import { firstBuild, readLiveVersions } from '../engine/generations.js';
import { createModel, modelName } from '../engine/model.js';
import type { Projection } from '../engine/projection.port.js';
import { compareDocuments, type Difference } from './compare-documents.js';
import { foldAfresh, prefixesOf } from './fold-afresh.js';

export interface VerifyOptions {
  readonly log: EventLog;
  readonly readStore: ReadStore;
  /** An empty read store for the fresh fold, of which nothing is kept: `openEmbeddedReadStore({})`. */
  readonly scratch: ReadStore;
  readonly projections: readonly Projection[];
  readonly onProgress?: (reached: Position, head: Position) => void;
}

export interface Verification {
  /** The position up to which both were compared. */
  readonly position: Position;
  readonly documents: number;
  /** The first 1,000. */
  readonly differences: readonly Difference[];
}

const BATCH = 2_000;

/**
 * Folds the whole log afresh, up to where the read models stand, and compares every document. Memory is bounded by the batch; the
 * read models must stand still meanwhile.
 */
export async function verifyReadModels(options: VerifyOptions): Promise<Verification> {
  const { log, readStore, scratch, projections, onProgress } = options;
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
  const pages = logPages(log, { upTo: position, prefixes: prefixesOf(projections), size: BATCH });
  const collections = await foldAfresh(scratch, models, pages, (reached) =>
    onProgress?.(reached, position),
  );
  const differences: Difference[] = [];
  let documents = 0;
  for (const collection of collections) {
    documents += await compareDocuments(collection, readStore, scratch, differences);
  }
  return { position, documents, differences };
}
