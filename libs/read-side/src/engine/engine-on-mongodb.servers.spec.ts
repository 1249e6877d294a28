import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type Lease,
  openEmbeddedReadStore,
  openMongoLeases,
  openMongoReadStore,
  underLease,
} from '#read-store';
import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';
import { ALL_PROJECTIONS } from '../all-projections.js';
import { verifyReadModels } from '../rebuild/verify-read-models.js';
import { openStores } from '../support/open-stores.js';
import { appendHistory, HISTORIES } from '../support/random-history.js';
import { createProjectionEngine } from './engine.js';

const FOR_EVER_MS = 600_000;
const projections = ALL_PROJECTIONS;

describe('Read models on MongoDB', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.drop());

  async function worker(
    holder: string,
    stores: Awaited<ReturnType<typeof openStores>>,
    batchSize: number,
  ) {
    const connection = await database.connect();
    const leases = openMongoLeases(connection);
    let lease: Lease | undefined;
    while (!lease) lease = await leases.acquire('projections', holder, FOR_EVER_MS);
    const held = lease;
    const readStore = underLease(openMongoReadStore(connection), () => held);
    const failures: string[] = [];
    const engine = createProjectionEngine({
      log: stores.log,
      readStore,
      projections,
      batchSize,
      logger: {
        info: () => undefined,
        warn: (facts) => failures.push(String(Reflect.get(Reflect.get(facts, 'error'), 'name'))),
      },
    });
    return { engine, failures, lose: () => leases.release(held) };
  }

  it('are what the log says, though the lease goes from a worker that works on to another', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(HISTORIES, fc.integer({ min: 1, max: 20 }), async (steps, batchSize) => {
        await database.connection.db.dropDatabase();
        const stores = await openStores();
        const first = await worker('first', stores, batchSize);
        await first.engine.start();
        const half = steps.length / 2;
        await appendHistory(stores, steps.slice(0, half));
        await first.lose();
        const second = await worker('second', stores, batchSize);
        await second.engine.start();
        for (const step of steps.slice(half)) await appendHistory(stores, [step]);
        const head = await stores.log.head();
        expect(await second.engine.waitFor(head, 20_000)).toBe(true);
        await Promise.all([first.engine.stop(), second.engine.stop()]);
        expect(second.failures).toEqual([]);
        expect(first.failures.filter((name) => name !== 'LeaseLost')).toEqual([]);
        refused += first.failures.length;
        const scratch = openEmbeddedReadStore({});
        const readStore = openMongoReadStore(database.connection);
        const verified = await verifyReadModels({
          log: stores.log,
          readStore,
          scratch,
          projections,
        });
        expect(verified).toMatchObject({ position: head, differences: [] });
        await scratch.close();
        await stores.close();
      }),
      { numRuns: 4 },
    );
    expect(refused).toBeGreaterThan(0);
  }, 120_000);
});
