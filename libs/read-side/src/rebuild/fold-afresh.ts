import { NO_SETTINGS, type Position, SETTINGS_STREAM } from '#crm';
import type { Logged } from '#event-store';
import type { CollectionDefinition, ReadStore } from '#read-store';
import { createGroup, foldBatch } from '../engine/fold-batch.js';
import { collectionsOf, type Model } from '../engine/model.js';
import { FROZEN_DOCUMENTS, PARKED_EVENTS } from '../engine/parking.js';
import type { Projection } from '../engine/projection.port.js';

/** Streams whose events the models are folded from. */
export function prefixesOf(projections: readonly Projection[]): readonly string[] {
  return [SETTINGS_STREAM, ...new Set(projections.flatMap(({ prefixes }) => prefixes))];
}

/**
 * Folds pages of a log into an empty read store, of which nothing is kept.
 * @returns the collections that hold the documents
 */
export async function foldAfresh(
  scratch: ReadStore,
  models: readonly Model[],
  pages: AsyncIterable<readonly Logged[]>,
  onProgress?: (reached: Position) => void,
): Promise<readonly CollectionDefinition[]> {
  const collections = models.flatMap(collectionsOf);
  for (const collection of [PARKED_EVENTS, FROZEN_DOCUMENTS, ...collections]) {
    await scratch.ensure(collection);
  }
  const group = createGroup(models, NO_SETTINGS, -1);
  for await (const events of pages) {
    const reached = events.at(-1)?.position ?? -1;
    await foldBatch(scratch, group, events, reached, () => onProgress?.(reached));
  }
  await group.writing;
  return collections;
}
