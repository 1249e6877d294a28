import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import {
  HELLO,
  startWireProxy,
  type WireProxy,
} from '../../../test/support/mongodb/wire-proxy.mjs';
import { connectMongo } from './connect.js';
import type { MongoConnection } from './connection.js';

const NOTHING = { ok: 1, cursor: { id: 0n, ns: 'leadledger.$cmd', firstBatch: [] } };
/** Connections that calls may have. */
const MOST = 2;
/** Tells of every socket that the process opens. */
const OPENED = 'net.client.socket';

describe('A socket that is destroyed a moment before the driver writes to it', () => {
  let proxy: WireProxy;
  let connection: MongoConnection;
  let sockets: Socket[] = [];
  let doomed = 0;
  const onOpened = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    sockets.push(socket);
    socket.once('connect', () => {
      doomed -= 1;
      if (doomed >= 0) socket.destroy();
    });
  };
  beforeAll(() => subscribe(OPENED, onOpened));
  afterAll(() => unsubscribe(OPENED, onOpened));
  beforeEach(async () => {
    doomed = 0;
    sockets = [];
    proxy = await startWireProxy({
      onCommand: (command) => ('listCollections' in command ? NOTHING : HELLO),
    });
    connection = await connectMongo({ url: `${proxy.url}?maxPoolSize=${MOST}` });
  });
  afterEach(async () => {
    await connection.close();
    await proxy.stop();
  });
  const call = () => connection.run(() => connection.db.listCollections().toArray());

  it('ends the call, which is made again', async () => {
    for (const socket of sockets) socket.destroy();
    expect(await call()).toEqual([]);
  });

  it('is not missing among those that calls may have', async () => {
    for (let n = 0; n < 2 * MOST; n += 1) {
      for (const socket of sockets.splice(0)) socket.destroy();
      await call();
    }
    expect(await Promise.all([call(), call(), call()])).toHaveLength(3);
  });

  it('as it greets the server does not keep others from greeting it', async () => {
    for (const socket of sockets) socket.destroy();
    doomed = 4;
    expect(await Promise.all(Array.from({ length: 6 }, call))).toHaveLength(6);
    expect(doomed).toBeLessThan(0);
  });
});
