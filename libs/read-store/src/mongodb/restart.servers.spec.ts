import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMongo } from '#mongodb';
import { startWireServer } from '../../../../test/support/mongodb/wire-server.mjs';
import { freshCollection, put } from '../contract/collections.js';
import type { ReadStore } from '../read-store.port.js';
import { openMongoReadStore } from './open-mongo-read-store.js';

const BATCHES = 400;
const RECORDS = 50;

/** Event `n` raises the count of one record; each batch holds ten. */
async function project(store: ReadStore, leads: ReturnType<typeof freshCollection>, batch: number) {
  const events = Array.from({ length: 10 }, (_, n) => batch * 10 + n);
  const idOf = (event: number) => `lead-${event % RECORDS}`;
  const loaded = await store.load(leads, events.map(idOf));
  const writes = events.flatMap((event) => {
    const stored = loaded.get(idOf(event));
    if (stored && stored.position >= event) return [];
    const count = Number(stored?.document.count ?? 0) + 1;
    return [put(leads, { id: idOf(event), count }, event)];
  });
  await store.write({ writes, checkpoints: { [leads.name]: events.at(-1) ?? -1 } });
}

describe('The read store on a MongoDB that loses what it acknowledged', () => {
  // What a server of MongoDB's does not do to a majority. The wire server's file loses its last second, which shows as much.
  it('catches up from its checkpoint, wherever that is found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wire server '));
    const file = join(folder, 'data.h2');
    let server = await startWireServer({ file });
    const connection = await connectMongo({ url: server.url, patienceMs: 20_000 });
    const store = openMongoReadStore(connection);
    const leads = freshCollection([{ fields: ['count'] }]);
    const nextBatch = async () =>
      ((await store.checkpoints([leads.name])).get(leads.name) ?? -1) + 1;
    for (const stopAt of [BATCHES / 3, (2 * BATCHES) / 3]) {
      for (let at = await nextBatch(); at < stopAt * 10; at += 10) {
        await project(store, leads, Math.floor(at / 10));
      }
      await server.kill();
      server = await startWireServer({ file, port: server.port });
      expect((await nextBatch()) % 10).toBe(0);
    }
    for (let at = await nextBatch(); at < BATCHES * 10; at = await nextBatch()) {
      await project(store, leads, at / 10);
    }
    const found = await store.find(leads, { filter: {}, sort: [], limit: 1_000 });
    expect(found.documents).toHaveLength(RECORDS);
    for (const { count } of found.documents) expect(count).toBe((BATCHES * 10) / RECORDS);
    await connection.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});
