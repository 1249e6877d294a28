import type { CollectionDefinition, ReadStore, Write } from '#read-store';
import { mendedAt } from './guards.js';
import {
  FROZEN_DOCUMENTS,
  type FrozenDocument,
  PARKED_EVENTS,
  type ParkedEvent,
} from './parking.js';

const PAGE = 500;

/** Deletes what was parked for a model that is dropped. Its name is not used again: builds are numbered upwards. */
export async function forgetParked(readStore: ReadStore, model: string): Promise<void> {
  await removeAll<ParkedEvent>(readStore, PARKED_EVENTS, model);
  await removeAll<FrozenDocument>(readStore, FROZEN_DOCUMENTS, model);
}

async function removeAll<Doc extends ParkedEvent | FrozenDocument>(
  readStore: ReadStore,
  collection: CollectionDefinition,
  model: string,
): Promise<void> {
  for (;;) {
    const find = { filter: { model }, sort: [], limit: PAGE };
    const { documents } = await readStore.find<Doc>(collection, find);
    if (documents.length === 0) return;
    const writes = documents.map(
      ({ id, position }): Write => ({
        kind: 'remove',
        collection,
        id,
        position: mendedAt(position),
      }),
    );
    await readStore.write({ writes, checkpoints: {} });
  }
}
