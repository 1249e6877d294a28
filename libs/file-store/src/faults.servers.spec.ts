import { connectMongo, type MongoConnection } from '#mongodb';
import {
  type ProxyAnswer,
  startWireProxy,
  type WireProxy,
} from '../../../test/support/mongodb/wire-proxy.mjs';
import { startWireServer, type WireServer } from '../../../test/support/mongodb/wire-server.mjs';
import { openMongoFileStore } from './open-mongo-file-store.js';

// Always on a server of the tests' own: what goes wrong here is made to, between it and the store.
describe('Files on a MongoDB that is in trouble', () => {
  let server: WireServer;
  let proxy: WireProxy;
  let connection: MongoConnection;
  beforeAll(async () => {
    server = await startWireServer();
    proxy = await startWireProxy({ target: new URL(server.url) });
    connection = await connectMongo({ url: proxy.url });
  });
  afterAll(async () => {
    await connection?.close();
    await proxy?.stop();
    await server?.stop();
  });
  afterEach(() => {
    proxy.onCommand = () => undefined;
  });

  it.each<[string, ProxyAnswer, string]>([
    ['after their name was taken', 'lose the reply', 'files'],
    ['before their name was taken', 'hang up', 'files'],
    ['after a part was stored', 'lose the reply', 'chunks'],
    ['before a part was stored', 'hang up', 'chunks'],
  ])('are whole when the connection broke %s', async (when, fault, part) => {
    const store = await openMongoFileStore(connection);
    const content = Buffer.alloc(5_000_000, when);
    let faults = 1;
    proxy.onCommand = ({ insert }) =>
      insert === `attachments.${part}` && faults-- > 0 ? fault : undefined;
    const { sha256 } = await store.put(content);
    expect(faults).toBeLessThan(1);
    const stored = await (await store.get(sha256))?.toArray();
    expect(Buffer.concat(stored ?? []).equals(content)).toBe(true);
  });
});
