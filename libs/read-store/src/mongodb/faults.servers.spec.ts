import { Long } from 'mongodb';
import { connectMongo, type MongoConnection } from '#mongodb';
import {
  startTroubledMongo,
  type TroubledMongo,
} from '../../../../test/support/mongodb/troubled-mongo.js';
import type { ProxyAnswer, WireProxy } from '../../../../test/support/mongodb/wire-proxy.mjs';
import { freshCollection, idsOf, put, remove } from '../contract/collections.js';
import { ReadStoreUnavailable } from '../errors.js';
import { openMongoLeases } from './open-mongo-leases.js';
import { openMongoReadStore } from './open-mongo-read-store.js';

const PATIENCE_MS = 4_000;
const NOT_PRIMARY = { ok: 0, code: 10_107, codeName: 'NotWritablePrimary', errmsg: 'not primary' };
const STEPPING_DOWN = { ok: 0, code: 189, codeName: 'PrimarySteppedDown', errmsg: 'stepping down' };
const TRY_AGAIN = { ok: 0, code: 99_999, errmsg: 'not now', errorLabels: ['RetryableWriteError'] };
const NO_CURSOR = { ok: 0, code: 43, codeName: 'CursorNotFound', errmsg: 'cursor id 5 not found' };
const NO_MAJORITY = {
  ok: 1,
  n: 0,
  writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting timed out' },
};

describe('The read store on a MongoDB that is in trouble', () => {
  let mongo: TroubledMongo;
  let proxy: WireProxy;
  let connection: MongoConnection;
  beforeAll(async () => {
    mongo = await startTroubledMongo();
    ({ proxy } = mongo);
    connection = await connectMongo({ url: proxy.url, patienceMs: PATIENCE_MS });
  });
  afterAll(async () => {
    await connection.close();
    await mongo.stop();
  });
  beforeEach(() => {
    proxy.onCommand = () => undefined;
    proxy.commands.length = 0;
  });

  const batchOf = (leads: ReturnType<typeof freshCollection>, from: number, name: string) => ({
    ahead: [put(leads, { id: `row-${from}` }, from + 1)],
    writes: [
      ...Array.from({ length: 20 }, (_, n) => put(leads, { id: `d${n}`, from }, from + n + 1)),
      remove(leads, 'd0', from + 50),
    ],
    decisions: [put(leads, { id: `frozen-${from}` }, from + 1)],
    checkpoints: { [name]: from },
  });

  it.each<[string, ProxyAnswer]>([
    ['hangs up', 'hang up'],
    ['loses its answers', 'lose the reply'],
    ['is a primary no longer', NOT_PRIMARY],
    ['steps down', STEPPING_DOWN],
    ['asks to try again', TRY_AGAIN],
    ['has no majority', NO_MAJORITY],
  ])('writes all the same when every seventh command meets a server that %s', async (_, fault) => {
    const store = openMongoReadStore(connection);
    const leases = openMongoLeases(connection);
    const leads = freshCollection([{ fields: ['from'] }]);
    let seen = 0;
    proxy.onCommand = (command) => {
      const isWrite = 'update' in command || 'findAndModify' in command || 'insert' in command;
      const isRead = 'find' in command;
      if (!isWrite && (!isRead || fault === NO_MAJORITY)) return undefined;
      seen += 1;
      return seen % 7 === 0 ? fault : undefined;
    };
    const tokens: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const fence = await leases.acquire(leads.name, 'us', 60_000);
      if (!fence) throw new Error('The lease was not given.');
      tokens.push(fence.token);
      await store.write({ ...batchOf(leads, round * 100, leads.name), fence });
      expect(await leases.renew(fence)).toBe(true);
    }
    proxy.onCommand = () => undefined;
    expect((await store.checkpoints([leads.name])).get(leads.name)).toBe(500);
    expect(await idsOf(store, leads, { from: 500 })).toHaveLength(19);
    expect(await store.count(leads, {}, 1_000)).toBe(19 + 6 + 6);
    expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
    expect(seen).toBeGreaterThan(18);
  });

  it('says that it is unavailable when the trouble lasts, and works again when it is over', async () => {
    const impatient = await connectMongo({ url: proxy.url, patienceMs: 300 });
    const store = openMongoReadStore(impatient);
    const leads = freshCollection();
    await store.write({ writes: [put(leads, { id: 'a' }, 1)], checkpoints: {} });
    proxy.onCommand = (command) => ('find' in command ? 'hang up' : undefined);
    await expect(store.load(leads, ['a'])).rejects.toThrow(ReadStoreUnavailable);
    await expect(idsOf(store, leads, {})).rejects.toThrow(`127.0.0.1:${proxy.port}/leadledger`);
    proxy.onCommand = () => undefined;
    expect((await store.load(leads, ['a'])).size).toBe(1);
    await impatient.close();
    await expect(store.load(leads, ['a'])).rejects.toThrow(ReadStoreUnavailable);
  });

  it.each(['hang up', 'lose the reply'] as const)(
    'writes all of a batch in several commands when a later one meets a server that does: %s',
    async (fault) => {
      const store = openMongoReadStore(connection);
      const leads = freshCollection();
      const writes = Array.from({ length: 2_500 }, (_, n) => put(leads, { id: `d${n}`, n }, n + 1));
      await store.write({ writes: writes.slice(1_000, 1_300), checkpoints: {} });
      let updates = 0;
      proxy.onCommand = (command) => {
        if ('update' in command) updates += 1;
        return updates === 2 && 'update' in command ? fault : undefined;
      };
      await store.write({ writes, checkpoints: { [leads.name]: 2_500 } });
      expect(updates).toBeGreaterThan(4);
      expect(await store.count(leads, {}, 10_000)).toBe(2_500);
      expect((await store.checkpoints([leads.name])).get(leads.name)).toBe(2_500);
    },
  );

  it('refuses a document that MongoDB cannot hold, at once and in words', async () => {
    const store = openMongoReadStore(connection);
    const leads = freshCollection();
    const text = 'x'.repeat(17_000_000);
    const write = store.write({ writes: [put(leads, { id: 'a', text }, 1)], checkpoints: {} });
    await expect(write).rejects.toThrow('is larger than the maximum size');
  });

  it('reads anew when the server has forgotten the cursor', async () => {
    const store = openMongoReadStore(connection);
    const leads = freshCollection();
    await store.write({ writes: [put(leads, { id: 'a' }, 1)], checkpoints: {} });
    let finds = 0;
    proxy.onCommand = (command) => {
      if ('getMore' in command) return NO_CURSOR;
      if (!('find' in command)) return undefined;
      finds += 1;
      const begun = { id: Long.fromNumber(5), ns: `leadledger.${leads.name}.v1`, firstBatch: [] };
      return finds === 1 ? { ok: 1, cursor: begun } : undefined;
    };
    expect([...(await store.load(leads, ['a', 'b'])).keys()]).toEqual(['a']);
    expect(proxy.commands).toContain('getMore');
  });

  it('does not take a unique index that somebody else made for a document that was there', async () => {
    const store = openMongoReadStore(connection);
    const leads = freshCollection();
    await store.write({ writes: [put(leads, { id: 'a', code: 'x' }, 1)], checkpoints: {} });
    const stored = connection.db.collection(`${leads.name}.v1`);
    await stored.createIndex({ code: 1 }, { unique: true });
    const clash = { writes: [put(leads, { id: 'b', code: 'x' }, 2)], checkpoints: {} };
    await expect(store.write(clash)).rejects.toThrow(ReadStoreUnavailable);
  });

  describe('round trips', () => {
    it('are few however many documents a batch has', async () => {
      const store = openMongoReadStore(connection);
      const leads = freshCollection([{ fields: ['n'] }]);
      await store.ensure(leads);
      proxy.commands.length = 0;
      const writes = Array.from({ length: 2_000 }, (_, n) => put(leads, { id: `d${n}`, n }, n + 1));
      await store.write({ writes, checkpoints: { [leads.name]: 2_000 } });
      // This server takes less than a thousand updates in a command, MongoDB a hundred thousand.
      expect(proxy.commands).toEqual(['update', 'update', 'update', 'update']);
      proxy.commands.length = 0;
      const ids = writes.map(({ document }) => document.id);
      expect((await store.load(leads, ids)).size).toBe(2_000);
      expect(proxy.commands).toEqual(['find']);
      proxy.commands.length = 0;
      const page = await store.find(leads, { filter: { n: { $gte: 5 } }, sort: [], limit: 1_000 });
      expect(page.documents).toHaveLength(1_000);
      expect(proxy.commands).toEqual(['find']);
    });

    it('are as few when the batch comes again', async () => {
      const store = openMongoReadStore(connection);
      const leads = freshCollection();
      const writes = Array.from({ length: 900 }, (_, n) => put(leads, { id: `d${n}` }, n + 1));
      const batch = { writes, checkpoints: { [leads.name]: 900 } };
      await store.write(batch);
      proxy.commands.length = 0;
      await store.write(batch);
      expect(proxy.commands).toEqual(['update', 'update', 'update', 'update']);
    });

    it('under a lease are one more', async () => {
      const store = openMongoReadStore(connection);
      const leads = freshCollection();
      await store.ensure(leads);
      const fence = await openMongoLeases(connection).acquire(leads.name, 'us', 60_000);
      proxy.commands.length = 0;
      const checkpoints = { [leads.name]: 1 };
      await store.write({
        writes: [put(leads, { id: 'a' }, 1)],
        checkpoints,
        ...(fence && { fence }),
      });
      expect(proxy.commands).toEqual(['find', 'update', 'update']);
    });
  });
});
