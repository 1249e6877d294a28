import { connectMongo } from '#mongodb';
import {
  type ProxyAnswer,
  startWireProxy,
  type WireProxy,
} from '../../../../test/support/mongodb/wire-proxy.mjs';
import { startWireServer, type WireServer } from '../../../../test/support/mongodb/wire-server.mjs';
import { openMongoKeyRing } from './open-mongo-key-ring.js';

const NO_MAJORITY = {
  ok: 1,
  n: 4,
  writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting timed out' },
};

// Always on a server of the tests' own: what goes wrong here is made to, between it and the ring.
describe('The key ring on a MongoDB that is in trouble', () => {
  let server: WireServer;
  let proxy: WireProxy;
  beforeAll(async () => {
    server = await startWireServer();
    proxy = await startWireProxy({ target: new URL(server.url) });
  });
  afterAll(async () => {
    await proxy?.stop();
    await server?.stop();
  });

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
