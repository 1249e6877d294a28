import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Body, entriesOf, member } from '../support/client.js';
import { type StandIn, startStandIn } from '../support/eventstoredb/stand-in.js';
import { openTestDatabase, type TestDatabase } from '../support/mongodb/test-database.js';
import { startApi, type TestApi } from '../support/start-api.js';

const CSV = { 'content-type': 'text/csv' };
const TAKEN_OVER_WITHIN_MS = 15_000;
const folders: string[] = [];

let standIn: StandIn | undefined;
let database: TestDatabase;
let apis: TestApi[];

beforeAll(async () => {
  standIn = process.env.EVENTSTORE_URL ? undefined : await startStandIn({ graceMs: 10 });
});
afterAll(async () => {
  await standIn?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  database = await openTestDatabase();
  apis = [];
});
afterEach(async () => {
  for (const api of apis) await api.stop({ keep: true });
  await database.drop();
});

/** Processes of one installation: each has a folder of its own, and nothing in common but the servers. */
async function processes(count: number): Promise<readonly TestApi[]> {
  const eventStorePrefix = `imports.${randomBytes(6).toString('hex')}.`;
  const eventStoreUrl = process.env.EVENTSTORE_URL ?? standIn?.url ?? '';
  const config = { eventStoreUrl, eventStorePrefix, mongoUrl: database.url };
  for (let n = 0; n < count; n += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'imports '));
    folders.push(folder);
    apis.push(await startApi({ folder, config }));
  }
  return apis;
}

const leads = (count: number) =>
  ['externalId,givenName', ...Array.from({ length: count }, (_, n) => `L${n},An ${n}`)].join('\n');

async function begin(api: TestApi, content: string): Promise<string> {
  const id = member(
    (await api.admin.post('/v1/imports', { recordType: 'lead' })).expect(201),
    'id',
  );
  (await api.admin.send('PUT', `/v1/imports/${id}/content`, content, CSV)).expect(202);
  return id;
}

async function shown(api: TestApi, id: string): Promise<Body> {
  return (await api.admin.get(`/v1/imports/${id}`)).expect(200);
}

async function until(
  api: TestApi,
  id: string,
  enough: (body: Body) => boolean,
  withinMs = 60_000,
): Promise<Body> {
  const end = performance.now() + withinMs;
  for (;;) {
    const body = await shown(api, id);
    if (enough(body)) return body;
    if (performance.now() > end)
      throw new Error(`It did not come to that: ${JSON.stringify(body)}`);
    await pause(50);
  }
}

const done = ({ rows }: Body) => Number(rows?.done);
const isOver = ({ state }: Body) => String(state) !== 'running';

async function countOfLeads(api: TestApi): Promise<number> {
  const { log } = api.ledger.stores;
  const events = await log.readAll({ limit: 20_000, prefixes: ['lead-'], sealed: true });
  return events.filter(({ type }) => type === 'LeadCaptured').length;
}

describe('An import where processes share the servers', () => {
  it('is told by each process as it is recorded, and leaves no file behind', async () => {
    const [first, second] = (await processes(2)) as [TestApi, TestApi];
    const id = await begin(first, leads(400));
    const seen = await until(second, id, (body) => done(body) > 0);
    expect(done(seen)).toBeLessThanOrEqual(done(await shown(first, id)));
    const over = await until(second, id, isOver);
    expect(over).toMatchObject({ state: 'done', created: 400 });
    expect(await countOfLeads(first)).toBe(400);
    await pause(500);
    expect(await database.connection.db.collection('uploads.files').countDocuments()).toBe(0);
    expect(await database.connection.db.collection('uploads.chunks').countDocuments()).toBe(0);
  });

  it('is gone on with by another process soon after the one that received it died', async () => {
    const [first, second] = (await processes(2)) as [TestApi, TestApi];
    const id = await begin(first, leads(1_500));
    await until(second, id, (body) => done(body) > 0);
    // As a process that is cut off from both servers: it renews no lease and records nothing more.
    const { leases = {}, log } = first.ledger.stores;
    const whole = [{ ...leases }, { ...log }] as const;
    const dead = () => Promise.reject(new Error('cut off'));
    Object.assign(leases, { renew: dead, acquire: dead, release: dead });
    Object.assign(log, { append: dead });
    const { rows } = await shown(second, id);
    const before = Number(rows?.done);
    await until(second, id, (body) => done(body) > before + 50, TAKEN_OVER_WITHIN_MS);
    const over = await until(second, id, isOver);
    Object.assign(leases, whole[0]);
    Object.assign(log, whole[1]);
    expect(over.state).toBe('done');
    expect(Number(over.created) + Number(over.unchanged)).toBe(1_500);
    expect(await countOfLeads(second)).toBe(1_500);
  }, 120_000);

  it('goes on at once in another process when its own stops in good order', async () => {
    const [first, second] = (await processes(2)) as [TestApi, TestApi];
    const id = await begin(first, leads(800));
    await until(second, id, (body) => done(body) > 0);
    await first.stop({ keep: true });
    apis = [second];
    expect(await until(second, id, isOver, 30_000)).toMatchObject({ state: 'done' });
    expect(await countOfLeads(second)).toBe(800);
  }, 120_000);

  it('can be cancelled by a process that does not carry it out', async () => {
    const [first, second] = (await processes(2)) as [TestApi, TestApi];
    const id = await begin(first, leads(10_000));
    await until(second, id, (body) => done(body) > 0);
    (await second.admin.post(`/v1/imports/${id}/cancellation`, {})).expect(200);
    expect(await shown(first, id)).toMatchObject({ state: 'cancelled' });
    await pause(3_000);
    const count = await countOfLeads(first);
    await pause(500);
    expect(await countOfLeads(first)).toBe(count);
    expect(count).toBeLessThan(10_000);
    expect(await database.connection.db.collection('uploads.files').countDocuments()).toBe(0);
    const { items } = (await first.admin.get('/v1/imports')).expect(200);
    expect(entriesOf(items)).toHaveLength(1);
  }, 60_000);
});
