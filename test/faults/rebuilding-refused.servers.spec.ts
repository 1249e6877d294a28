import { resolve } from 'node:path';
import { type StandIn, startStandIn } from '../support/eventstoredb/stand-in.js';
import { firstVersionOf } from '../support/first-build.js';
import { openTestDatabase, type TestDatabase } from '../support/mongodb/test-database.js';
import { type Ended, runProgram } from '../support/run-program.js';
import { startApi, type TestApi } from '../support/start-api.js';

/** Ends by force what would never end: a loaded machine takes its time to build and to load the product. */
const WITHIN_MS = 180_000;
const LAUNCHER = resolve('apps/launcher/leadledger.mjs');

let standIn: StandIn;
let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  standIn = await startStandIn({ graceMs: 10 });
  database = await openTestDatabase();
  api = await startApi({ config: { eventStoreUrl: standIn.url, mongoUrl: database.url } });
});
afterAll(async () => {
  await database.drop();
  await standIn.stop();
});

function rebuild(): Promise<Ended> {
  const servers = { EVENTSTORE_URL: standIn.url, MONGODB_URL: database.url };
  return runProgram([LAUNCHER, 'rebuild', '--data', api.folder], servers, WITHIN_MS);
}

const stored = () => database.connection.db.collection(`leads.v${firstVersionOf('leads')}`);

describe('Rebuilding read models on servers', () => {
  it(
    'is refused while a process keeps them, which stay as they are',
    async () => {
      (await api.admin.post('/v1/leads', { givenName: 'An' })).expect(201);
      (await api.admin.get(`/v1/leads?after=${await api.head()}`)).expect(200);
      // Not in the log: it is gone once somebody rebuilds.
      await stored().updateOne({}, { $set: { mark: 'kept' } });
      const { code, out, err } = await rebuild();
      expect(err).toMatch(
        /^leadledger: A process keeps the read models: lease projections \w+ is held by .+\. Stop all workers first, and apis that do their work\.$/m,
      );
      expect([code, out]).toEqual([1, '']);
      expect(await stored().countDocuments({ mark: 'kept' })).toBe(1);
      // Whoever was refused has not taken anything from whoever keeps them.
      (await api.admin.post('/v1/leads', { givenName: 'Bình' })).expect(201);
      (await api.admin.get(`/v1/leads?after=${await api.head()}`)).expect(200);
    },
    WITHIN_MS,
  );

  it(
    'is done once nobody does',
    async () => {
      await api.stop({ keep: true });
      const { code, out } = await rebuild();
      expect(out).toMatch(/^Read models rebuilt up to position \d+ in /);
      expect(code).toBe(0);
      expect(await stored().countDocuments()).toBe(2);
      expect(await stored().countDocuments({ mark: 'kept' })).toBe(0);
    },
    WITHIN_MS,
  );
});
