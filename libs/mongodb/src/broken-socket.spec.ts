import {
  HELLO,
  startWireProxy,
  type WireProxy,
} from '../../../test/support/mongodb/wire-proxy.mjs';
import { connectMongo } from './connect.js';
import type { MongoConnection } from './connection.js';

const NOTHING = { ok: 1, cursor: { id: 0n, ns: 'leadledger.$cmd', firstBatch: [] } };

/** What comes out of the driver when the server closes a connection while something is written to it. */
const hungUp = () => Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });

describe('a socket that breaks under the driver’s hands', () => {
  let proxy: WireProxy;
  let connection: MongoConnection;
  beforeAll(async () => {
    proxy = await startWireProxy({
      onCommand: (command) => ('listCollections' in command ? NOTHING : HELLO),
    });
    connection = await connectMongo({ url: proxy.url });
  });
  afterAll(async () => {
    await connection.close();
    await proxy.stop();
  });

  it('is tried again', async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries < 3) throw hungUp();
      return 'done';
    };
    expect(await connection.run(work)).toBe('done');
  });

  it('is MongoDB being away, when it stays so', async () => {
    const failing = connection.run(() => Promise.reject(hungUp()), 50);
    await expect(failing).rejects.toMatchObject({ name: 'MongoUnavailable', why: 'write EPIPE' });
  });

  it('is nobody’s excuse for another error', async () => {
    const failing = connection.run(() => Promise.reject(new TypeError('no')));
    await expect(failing).rejects.toThrow(TypeError);
  });
});
