import { connectMongo } from '#mongodb';
import {
  startTroubledMongo,
  type TroubledMongo,
} from '../../../../test/support/mongodb/troubled-mongo.js';
import type { ProxyAnswer, WireProxy } from '../../../../test/support/mongodb/wire-proxy.mjs';
import { openMongoKeyRing } from './open-mongo-key-ring.js';

const NO_MAJORITY = {
  ok: 1,
  n: 4,
  writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting timed out' },
};

describe('The key ring on a MongoDB that is in trouble', () => {
  let mongo: TroubledMongo;
  let proxy: WireProxy;
  beforeAll(async () => {
    mongo = await startTroubledMongo();
    ({ proxy } = mongo);
  });
  afterAll(() => mongo?.stop());

  it.each<[string, ProxyAnswer]>([
    ['loses its answer', 'lose the reply'],
    ['hangs up', 'hang up'],
    ['has no majority', NO_MAJORITY],
  ])(
    'gives out only keys that are in the journals of a majority, when it first %s',
    async (_, fault) => {
      const connection = await connectMongo({ url: proxy.url });
      const ring = await openMongoKeyRing(connection);
      const asked: unknown[] = [];
      proxy.onCommand = ({ insert, writeConcern }) => {
        if (insert !== 'keys') return undefined;
        asked.push(writeConcern);
        return asked.length === 1 ? fault : undefined;
      };
      const keys = await ring.allocate(4);
      proxy.onCommand = () => undefined;
      expect(asked).toHaveLength(2);
      for (const concern of asked) expect(concern).toMatchObject({ w: 'majority', j: true });
      const found = await ring.load(keys.map(({ id }) => id));
      expect([...found.values()].map(({ key }) => key.toString('hex')).sort()).toEqual(
        keys.map(({ key }) => key.toString('hex')).sort(),
      );
      await connection.close();
    },
  );
});
