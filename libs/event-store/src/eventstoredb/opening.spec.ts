import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import { toNewStream } from '../contract/support.js';
import { openEventStoreDb } from './open-event-store-db.js';

const PASSWORD = 'ch4ng3-m3';

// What loads the client takes its time on a busy machine, and no part of what is measured here.
beforeAll(() => import('./event-store-db.js'));

describe('opening an EventStoreDB', () => {
  async function refusalOf(url: string): Promise<Error> {
    const started = performance.now();
    const opened = await openEventStoreDb({ url, openMs: 1_000 }).catch((error: Error) => error);
    if (!(opened instanceof Error)) {
      await opened.close();
      throw new Error('It opened.');
    }
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(opened.message).not.toContain(PASSWORD);
    expect(opened.stack).not.toContain(PASSWORD);
    return opened;
  }

  it.each([
    ['nothing', ''],
    ['another scheme', `http://admin:${PASSWORD}@localhost:2113`],
    ['no host', 'esdb://?tls=false'],
    ['a password that was not encoded', `esdb://admin:${PASSWORD}@x@localhost:2113?tls=false`],
    ['a password with a question mark', `esdb://admin:${PASSWORD}?x@localhost:2113?tls=false`],
    ['a password with a broken escape', `esdb://admin:${PASSWORD}%zz@localhost:2113?tls=false`],
    ['an option that there is not', `esdb://admin:${PASSWORD}@localhost:2113?tsl=false`],
    ['an option without value', `esdb://admin:${PASSWORD}@localhost:2113?tls`],
    ['a value that an option does not take', `esdb://admin:${PASSWORD}@localhost:2113?tls=maybe`],
    ['no verification', `esdb://admin:${PASSWORD}@localhost:2113?tlsVerifyCert=false`],
    ['wrong revisions untold', `esdb://localhost:2113?throwOnAppendFailure=false`],
    ['a file that there is not', `esdb://admin:${PASSWORD}@localhost:2113?tlsCAFile=/none.pem`],
  ])('refuses a connection string with %s, without repeating the password', async (_, url) => {
    const told: unknown[] = [];
    const { warn, log, error } = console;
    console.warn = console.log = console.error = (...what: unknown[]) => told.push(...what);
    try {
      expect(await refusalOf(url)).toMatchObject({ name: 'StoreMisconfigured' });
    } finally {
      Object.assign(console, { warn, log, error });
    }
    expect(told).toEqual([]);
  });

  it('says where nobody listens', async () => {
    const port = await listening(createServer(), (server) => server.close());
    const refusal = await refusalOf(`esdb://admin:${PASSWORD}@127.0.0.1:${port}?tls=false`);
    expect(refusal).toMatchObject({ name: 'StoreUnavailable' });
    expect(refusal.message).toContain(`127.0.0.1:${port}: connect ECONNREFUSED`);
  });

  it.each<[string, () => Server]>([
    ['says nothing', () => createServer(() => {})],
    ['speaks HTTP/1', () => createHttpServer((_, response) => response.end('hello')) as Server],
    [
      'is another HTTP/2 server',
      () => createHttp2Server((_, response) => response.writeHead(404).end()) as unknown as Server,
    ],
  ])('says where something else answers: it %s', async (_, create) => {
    const server = create();
    const sockets: Socket[] = [];
    server.on('connection', (socket) => sockets.push(socket));
    const port = await listening(server);
    const refusal = await refusalOf(`esdb://127.0.0.1:${port}?tls=false`);
    expect(['StoreUnavailable', 'StoreMisconfigured']).toContain(refusal.name);
    expect(refusal.message).toContain(`127.0.0.1:${port}`);
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  it('finds the leader of a cluster, and says so when there is none', async () => {
    const standIn = await startStandIn({ graceMs: 10 });
    const url = `esdb+discover://127.0.0.1:${standIn.port}?tls=false`;
    const store = await openEventStoreDb({ url });
    await store.append(toNewStream());
    await store.close();
    standIn.faults.quorum = 'lost';
    const refusal = await refusalOf(url);
    expect(refusal).toMatchObject({ name: 'StoreUnavailable' });
    expect(refusal.message).toMatch(/127\.0\.0\.1:\d+: (Failed to discover|it did not answer)/);
    standIn.kill();
  });

  it.each(['leader', 'follower', 'random', 'readOnlyReplica'])(
    'takes several nodes of which one is gone, and a preference for %s, and writes and follows all the same',
    async (preference) => {
      const leader = await startStandIn({ graceMs: 10 });
      const follower = await startStandIn({ graceMs: 10, log: leader.log });
      follower.faults.leader = { host: '127.0.0.1', port: leader.port };
      const gone = await listening(createServer(), (server) => server.close());
      const hosts = [gone, follower.port, leader.port].map((port) => `127.0.0.1:${port}`);
      const store = await openEventStoreDb({
        url: `esdb://${hosts.join(',')}/?tls=false&nodePreference=${preference}`,
      });
      const append = toNewStream(2);
      await store.append(append);
      expect(await store.readStream({ stream: append.stream })).toHaveLength(2);
      const ending = new AbortController();
      const given: string[] = [];
      const request = { prefixes: [append.stream], signal: ending.signal };
      for await (const batch of store.subscribe(request)) {
        given.push(...batch.events.map(({ id }) => id));
        if (batch.live) ending.abort();
      }
      expect(given).toEqual(append.events.map(({ id }) => id));
      await store.close();
      leader.kill();
      follower.kill();
    },
  );

  it.each([
    ['server', 'esdb', 300],
    ['cluster', 'esdb+discover', 2_500],
  ])('waits for a %s that is about to listen', async (_, scheme, inMs) => {
    const standIn = await startStandIn({ graceMs: 10 });
    standIn.kill();
    setTimeout(() => void standIn.restart(), inMs);
    const url = standIn.url.replace('esdb', scheme);
    const store = await openEventStoreDb({ url, openMs: 8_000 });
    await store.append(toNewStream());
    await store.close();
    await standIn.stop();
  });

  it('lets several stores of a process share the client, and refuses another server', async () => {
    const standIn = await startStandIn({ graceMs: 10 });
    const other = await startStandIn({ graceMs: 10 });
    const [one, two] = [
      await openEventStoreDb({ url: standIn.url }),
      await openEventStoreDb({ url: standIn.url }),
    ];
    expect(await refusalOf(other.url)).toMatchObject({ name: 'StoreMisconfigured' });
    const appending = two.append(toNewStream());
    await one.close();
    await appending;
    await two.append(toNewStream());
    await two.close();
    const third = await openEventStoreDb({ url: other.url });
    await third.close();
    standIn.kill();
    other.kill();
  });

  describe('with TLS and credentials', () => {
    const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    const file = join(folder, 'ca.pem');
    afterAll(() => rmSync(folder, { recursive: true }));

    it('takes them from the connection string', async () => {
      const standIn = await startStandIn({
        graceMs: 10,
        credentials: { username: 'admin', password: PASSWORD },
      });
      writeFileSync(file, standIn.certificate ?? '');
      const at = (user: string) =>
        `esdb://${user}127.0.0.1:${standIn.port}?tls=true&tlsCAFile=${file}`;
      const store = await openEventStoreDb({ url: at(`admin:${PASSWORD}@`) });
      const append = toNewStream();
      await store.append(append);
      expect(await store.readStream({ stream: append.stream })).toHaveLength(1);
      await store.close();

      const wrong = await refusalOf(at(`admin:x${PASSWORD}@`));
      expect(wrong).toMatchObject({ name: 'StoreMisconfigured' });
      expect(wrong.message).toMatch(/127\.0\.0\.1:\d+ cannot be used: it refuses the credentials/);
      expect(await refusalOf(at(''))).toMatchObject({ name: 'StoreMisconfigured' });

      const unknown = `esdb://admin:${PASSWORD}@127.0.0.1:${standIn.port}?tls=true`;
      expect((await refusalOf(unknown)).message).toMatch(/self-signed/);
      const plain = `esdb://admin:${PASSWORD}@127.0.0.1:${standIn.port}?tls=false`;
      expect(await refusalOf(plain)).toMatchObject({ name: 'StoreUnavailable' });
      standIn.kill();
    });
  });
});

async function listening(server: Server, then: (server: Server) => void = () => {}) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  then(server);
  return port;
}
