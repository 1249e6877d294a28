import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMongo, type MongoConnection } from '#mongodb';
import { startWireServer, type WireServer } from '../../../../test/support/mongodb/wire-server.mjs';
import { freshCollection, put } from '../contract/collections.js';
import type { ReadStore } from '../read-store.port.js';
import { openMongoReadStore } from './open-mongo-read-store.js';

const BATCH = 10;
const RECORDS = 50;

/** Event `n` raises the count of one record. Answers the event after the batch. */
async function project(
  store: ReadStore,
  leads: ReturnType<typeof freshCollection>,
): Promise<number> {
  const next = ((await store.checkpoints([leads.name])).get(leads.name) ?? -1) + 1;
  const events = Array.from({ length: BATCH }, (_, n) => next + n);
  const idOf = (event: number) => `lead-${event % RECORDS}`;
  const loaded = await store.load(leads, events.map(idOf));
  const writes = events.flatMap((event) => {
    const stored = loaded.get(idOf(event));
    if (stored && stored.position >= event) return [];
    const count = Number(stored?.document.count ?? 0) + 1;
    return [put(leads, { id: idOf(event), count }, event)];
  });
  await store.write({ writes, checkpoints: { [leads.name]: next + BATCH - 1 } });
  return next + BATCH;
}

// On a server of the tests' own, which can be stopped and put back to what it held before.
describe('The read store on a MongoDB that is started anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wire server '));
  const file = join(folder, 'data.h2');
  let server: WireServer;
  let connection: MongoConnection;
  beforeAll(async () => {
    server = await startWireServer({ file });
    connection = await connectMongo({ url: server.url, patienceMs: 20_000 });
  });
  afterAll(async () => {
    await connection?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function restart(whileDown: () => void): Promise<void> {
    const { port } = server;
    await server.stop();
    whileDown();
    server = await startWireServer({ file, port });
  }

  it('goes on where it was, and from where its checkpoint is when that went back', async () => {
    const store = openMongoReadStore(connection);
    const leads = freshCollection([{ fields: ['count'] }]);
    while ((await project(store, leads)) < 500);
    await restart(() => copyFileSync(file, `${file}.before`));
    expect(await project(store, leads)).toBe(510);
    while ((await project(store, leads)) < 1_000);
    await restart(() => copyFileSync(`${file}.before`, file));
    expect(await project(store, leads)).toBe(510);
    while ((await project(store, leads)) < 1_500);
    const found = await store.find(leads, { filter: {}, sort: [], limit: 1_000 });
    expect(found.documents).toHaveLength(RECORDS);
    for (const { count } of found.documents) expect(count).toBe(1_500 / RECORDS);
  }, 60_000);
});
