import { connectMongo, type MongoConnection } from '#mongodb';
import {
  startTroubledMongo,
  type TroubledMongo,
} from '../../../test/support/mongodb/troubled-mongo.js';
import type { ProxyAnswer, WireProxy } from '../../../test/support/mongodb/wire-proxy.mjs';
import { openMongoFileStore } from './open-mongo-file-store.js';

describe('Files on a MongoDB that is in trouble', () => {
  let mongo: TroubledMongo;
  let proxy: WireProxy;
  let connection: MongoConnection;
  beforeAll(async () => {
    mongo = await startTroubledMongo();
    ({ proxy } = mongo);
    connection = await connectMongo({ url: proxy.url });
  });
  afterAll(async () => {
    await connection?.close();
    await mongo?.stop();
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
