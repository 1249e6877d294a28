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
  const { openEmbeddedEventStore, openEmbeddedKeyRing } = await room('event-store');
  const { openEmbeddedReadStore } = await room('read-store');
  const store = await openEmbeddedEventStore({ folder, readOnly: true });
  const keys = await openEmbeddedKeyRing({ folder });
  const readStore = openEmbeddedReadStore({ folder, readOnly: true });
  try {
    return await agree({ store, keys, readStore });
  } finally {
    await readStore.close();
    await store.close();
    await keys.close();
  }
}

/** The same for an installation on servers. No worker may be at it. */
export async function readModelsOnServersAgree({ eventStoreUrl, mongoUrl }) {
  const { openEventStoreDb, openMongoKeyRing } = await room('event-store');
  const { openMongoReadStore } = await room('read-store');
  const { connectMongo } = await room('mongodb');
  const connection = await connectMongo({ url: mongoUrl });
  const store = await openEventStoreDb({ url: eventStoreUrl });
  const keys = await openMongoKeyRing(connection, { mustExist: true });
  try {
    return await agree({ store, keys, readStore: openMongoReadStore(connection) });
  } finally {
    await store.close();
    await connection.close();
  }
}

async function agree({ store, keys, readStore }) {
  const { ALL_EVENTS } = await room('crm');
  const { createEventLog, createRegistry } = await room('event-store');
  const { openEmbeddedReadStore } = await room('read-store');
  const { ALL_PROJECTIONS, verifyReadModels } = await room('read-side');
  const scratch = openEmbeddedReadStore({});
  try {
    const log = createEventLog({ store, registry: createRegistry(ALL_EVENTS), keys });
    const projections = ALL_PROJECTIONS;
    const verified = await verifyReadModels({ log, readStore, scratch, projections });
    assert.deepEqual(verified.differences.slice(0, 5), []);
    const head = await lastRead(log);
    assert.ok(
      verified.position >= head,
      `${verified.position} of ${head}: they have not caught up`,
    );
    return verified.documents;
  } finally {
    await scratch.close();
  }
}

/** The last event that any read model looks at: when they stop, processes note how far they are, which none does. */
async function lastRead(log) {
  for (let limit = 1; ; limit *= 4) {
    const latest = await log.readAll({ direction: 'backwards', limit, sealed: true });
    const last = latest.find(({ stream }) => !stream.startsWith('process-'));
    if (last || latest.length < limit) return last?.position ?? -1;
  }
}
