import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './product.mjs';

/** A room of the built product. */
function room(name) {
  return import(pathToFileURL(join(ROOT, 'dist', 'libs', name, 'src', 'index.js')).href);
}

/**
 * Folds the log of a data folder afresh and compares every document with what the read models hold.
 * Nothing else may have the folder open.
 * @returns how many documents there are
 */
export async function readModelsAgree(folder) {
  const { ALL_EVENTS } = await room('crm');
  const { createEventLog, createRegistry, openEmbeddedEventStore, openEmbeddedKeyRing } =
    await room('event-store');
  const { openEmbeddedReadStore } = await room('read-store');
  const { ALL_PROJECTIONS, verifyReadModels } = await room('read-side');
  const store = await openEmbeddedEventStore({ folder, readOnly: true });
  const keys = await openEmbeddedKeyRing({ folder });
  const readStore = openEmbeddedReadStore({ folder, readOnly: true });
  const scratch = openEmbeddedReadStore({});
  try {
    const log = createEventLog({ store, registry: createRegistry(ALL_EVENTS), keys });
    const projections = ALL_PROJECTIONS;
    const verified = await verifyReadModels({ log, readStore, scratch, projections });
    assert.deepEqual(verified.differences.slice(0, 5), []);
    assert.equal(verified.position, await log.head(), 'the read models have not caught up');
    return verified.documents;
  } finally {
    await scratch.close();
    await readStore.close();
    await store.close();
    await keys.close();
  }
}
