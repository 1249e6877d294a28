import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';
import { freshCollection, idsOf, put, remove } from '../contract/collections.js';
import { LeaseLost } from '../errors.js';
import type { Lease } from '../leases.port.js';
import type { Document, ReadStore } from '../read-store.port.js';
import { openMongoLeases } from './open-mongo-leases.js';
import { openMongoReadStore } from './open-mongo-read-store.js';

const FOR_EVER_MS = 600_000;

describe('Fencing on MongoDB, which changes one document at a time', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.drop());

  /** A store that calls `before` ahead of each of its steps: where a worker may be paused, or die. */
  function steppedStore(before: (step: number) => Promise<void>): ReadStore {
    let step = 0;
    const { connection } = database;
    return openMongoReadStore({
      ...connection,
      run: async (work, patienceMs) => {
        step += 1;
        await before(step);
        return connection.run(work, patienceMs);
      },
    });
  }

  async function acquired(name: string, holder: string): Promise<Lease> {
    const lease = await openMongoLeases(database.connection).acquire(name, holder, FOR_EVER_MS);
    if (!lease) throw new Error(`${holder} did not get ${name}.`);
    return lease;
  }

  /** What happens when a worker was paused beyond its time to live. */
  async function takenFrom(lease: Lease): Promise<Lease> {
    await openMongoLeases(database.connection).release(lease);
    return acquired(lease.name, 'them');
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'decides nothing for a worker that loses its lease before step %i of a write, unless it was decided before',
    async (at) => {
      const frozen = freshCollection();
      const leads = freshCollection();
      const lease = await acquired(`paused-${at}`, 'us');
      let decidedBefore: readonly string[] = [];
      const store = steppedStore(async (step) => {
        if (step !== at) return;
        await takenFrom(lease);
        decidedBefore = await idsOf(openMongoReadStore(database.connection), frozen, {});
      });
      const written = store.write({
        ahead: [],
        writes: [put(leads, { id: 'a' }, 1)],
        decisions: [put(frozen, { id: 'a' }, 1)],
        checkpoints: { [`paused-${at}`]: 1 },
        fence: lease,
      });
      await written.catch((error) => expect(error).toBeInstanceOf(LeaseLost));
      const plain = openMongoReadStore(database.connection);
      expect(await idsOf(plain, frozen, {})).toEqual(decidedBefore);
      // The checkpoint says that decisions are made, so it must not be there without them.
      const reached = (await plain.checkpoints([`paused-${at}`])).get(`paused-${at}`);
      expect(reached === undefined || decidedBefore.length === 1).toBe(true);
    },
  );

  it('has the next holder carry out what a worker decided before it died', async () => {
    const frozen = freshCollection();
    const lease = await acquired('died', 'us');
    const plain = openMongoReadStore(database.connection);
    const fenced = (decisions: ReturnType<typeof remove>[]) => ({
      writes: [],
      decisions,
      checkpoints: {},
      fence: lease,
    });
    await plain.write(fenced([put(frozen, { id: 'a' }, 4), put(frozen, { id: 'b' }, 4)]));
    const decided = {
      id: 'one',
      writes: JSON.stringify([remove(frozen, 'a', 5), remove(frozen, 'b', 5)]),
    };
    const leases = database.connection.db.collection<{ _id: string }>('leases');
    await leases.updateOne({ _id: 'died' }, { $set: { decided } });
    const next = await takenFrom(lease);
    expect(await idsOf(plain, frozen, {})).toEqual([]);
    expect(await leases.findOne({ _id: 'died' })).not.toHaveProperty('decided');
    // What the dead worker's machine still sends changes nothing any more.
    await plain.write({ ...fenced([put(frozen, { id: 'a' }, 6)]), fence: next });
    await plain.write({ writes: [remove(frozen, 'a', 5)], checkpoints: {} });
    expect(await idsOf(plain, frozen, {})).toEqual(['a']);
  });

  it('keeps documents whole while a lease goes to and fro between paused workers', async () => {
    const leads = freshCollection();
    const events = Array.from({ length: 120 }, (_, n) => ({ position: n, of: `lead-${n % 7}` }));
    let lease = await acquired('shared', 'us');
    const work = async (mine: Lease, pauses: ReadonlySet<number>): Promise<void> => {
      const store = steppedStore(async (step) => {
        if (!pauses.has(step)) return;
        lease = await takenFrom(lease);
        await work(lease, new Set());
      });
      const after = (await store.checkpoints(['shared'])).get('shared') ?? -1;
      const batch = events.filter(({ position }) => position > after).slice(0, 10);
      const loaded = await store.load(leads, [...new Set(batch.map(({ of }) => of))]);
      const documents = new Map([...loaded].map(([id, { document }]) => [id, document]));
      const reached = new Map([...loaded].map(([id, { position }]) => [id, position]));
      for (const { of, position } of batch) {
        if (position <= (reached.get(of) ?? -1)) continue;
        const seen = (documents.get(of)?.seen as readonly number[] | undefined) ?? [];
        documents.set(of, { id: of, seen: [...seen, position] });
        reached.set(of, position);
      }
      const writes = [...documents].map(([id, document]) =>
        put(leads, document, reached.get(id) ?? 0),
      );
      const checkpoints = { shared: batch.at(-1)?.position ?? after };
      await store.write({ writes, checkpoints, fence: mine });
    };
    for (let round = 0; round < 60; round += 1) {
      await work(lease, new Set([1 + (round % 7)])).catch((error) => {
        expect(error).toBeInstanceOf(LeaseLost);
      });
    }
    for (let round = 0; round < 13; round += 1) await work(lease, new Set());
    const store = openMongoReadStore(database.connection);
    const found = await store.find<Document & { seen: number[] }>(leads, {
      filter: {},
      sort: [],
      limit: 10,
    });
    for (const { id, seen } of found.documents) {
      const all = events.filter(({ of }) => of === id).map(({ position }) => position);
      expect(seen).toEqual(all);
    }
    expect(found.documents).toHaveLength(7);
  });
});
