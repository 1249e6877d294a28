import type { Position } from '#crm';
import { type EventLog, logPages } from '#event-store';
import type { ReadStore } from '#read-store';
import { firstBuild } from '../engine/generations.js';
import { createModel } from '../engine/model.js';
import { foldAfresh, prefixesOf } from '../rebuild/fold-afresh.js';
import { readModelsStanding } from '../rebuild/read-models-standing.js';
import { DUPLICATES } from './bearer-document.js';
import { DUPLICATE_CLUSTERS } from './cluster-document.js';
import { comparePairs, type PairDifferences } from './compare-pairs.js';
import { duplicateProjection } from './duplicate-projection.js';

export interface DiffDuplicates {
  readonly log: EventLog;
  /** Has the version that queries read; it must stand still. */
  readonly readStore: ReadStore;
  /** An empty read store in a folder, of which nothing is kept. */
  readonly scratch: ReadStore;
  /** Most samples of pairs gained, and of pairs lost. */
  readonly samples: number;
  readonly onFold?: (reached: Position, head: Position) => void;
  readonly onCompare?: (clusters: number) => void;
}

export interface DuplicatesDiff extends PairDifferences {
  /** Up to where both versions were compared. */
  readonly position: Position;
}

/**
 * Builds the index of duplicates as this version of the product makes it, and tells which pairs it gains and loses against the one that is
 * in use: what a change of a normalisation rule comes to, before it is in use.
 * @returns undefined when there is no index yet
 */
export async function diffDuplicates(options: DiffDuplicates): Promise<DuplicatesDiff | undefined> {
  const { log, readStore, scratch, samples, onFold, onCompare } = options;
  const [standing] = await readModelsStanding(readStore, [duplicateProjection]);
  if (standing?.version === undefined) return undefined;
  const { position, version } = standing;
  const model = createModel(
    duplicateProjection,
    firstBuild(duplicateProjection.collection.version),
  );
  const prefixes = prefixesOf([duplicateProjection]);
  const pages = logPages(log, { upTo: position, prefixes, size: 2_000 });
  await foldAfresh(scratch, [model], pages, (reached) => onFold?.(reached, position));
  const indexOf = (store: ReadStore, at: number) => ({
    readStore: store,
    bearers: { ...DUPLICATES, version: at },
    clusters: { ...DUPLICATE_CLUSTERS, version: at },
  });
  const differences = await comparePairs({
    before: indexOf(readStore, version),
    after: indexOf(scratch, model.collection.version),
    samples,
    ...(onCompare && { onProgress: onCompare }),
  });
  return { ...differences, position };
}
