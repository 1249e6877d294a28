import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Long } from 'mongodb';
import {
  HELLO,
  type ProxyAnswer,
  startWireProxy,
} from '../../../test/support/mongodb/wire-proxy.mjs';
import { connectMongo } from './connect.js';
import { MongoUnavailable } from './errors.js';

const OPEN_WITHIN_MS = 700;

async function failureOf(url: string): Promise<Error> {
  const start = performance.now();
  const failure = await connectMongo({ url, openWithinMs: OPEN_WITHIN_MS }).then(
    () => new Error('It was opened.'),
    (error: Error) => error,
  );
  expect(failure).toBeInstanceOf(MongoUnavailable);
  expect(performance.now() - start).toBeLessThan(3 * OPEN_WITHIN_MS);
  for (const secret of ['s3cret', 'Admin1', 'p%40ss']) {
    expect(`${failure.message} ${failure.stack} ${JSON.stringify(failure)}`).not.toContain(secret);
  }
  return failure;
}

describe('A connection to a replica set', () => {
  it('asks for no retryable writes, which services with sessions need not have', async () => {
    const writes: Readonly<Record<string, unknown>>[] = [];
    const proxy = await startWireProxy({
      onCommand: (command) => {
        if ('insert' in command) writes.push(command);
        if ('listCollections' in command)
          return { ok: 1, cursor: { id: Long.ZERO, ns: 'l.c', firstBatch: [] } };
        const set = { setName: 'rs0', hosts: [`127.0.0.1:${proxy.port}`], setVersion: 1 };
        return { ...HELLO, ...set, logicalSessionTimeoutMinutes: 30, n: 1 };
      },
    });
    const connection = await connectMongo({ url: `${proxy.url}?retryWrites=true` });
    await connection.run(() => connection.db.collection('leads').insertOne({ n: 1 }));
    await connection.close();
    await proxy.stop();
    expect(writes).toHaveLength(1);
    expect(writes[0]).toHaveProperty('lsid');
    expect(writes[0]).not.toHaveProperty('txnNumber');
    expect(writes[0]?.writeConcern).toMatchObject({ w: 'majority', j: true });
  });
});

describe('Opening MongoDB fails once, in time and with words', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function listening(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.unref();
      onConnection(socket);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  it.each([
    'http://Admin1:s3cret@localhost/',
    'mongodb://Admin1:s3cret@@localhost/',
    'mongodb://Admin1:p%40ss@localhost/?nosuchoption=1',
    'mongodb://Admin1:s3cret@localhost:port/',
    's3cret',
    '',
  ])('for the URL %j', async (url) => {
    expect((await failureOf(url)).message).toContain('the URL cannot be read');
  });

  it('where nobody listens', async () => {
    const { message } = await failureOf('mongodb://Admin1:s3cret@127.0.0.1:9/crm');
    expect(message).toBe(
      'MongoDB at 127.0.0.1:9/crm cannot be used: connect ECONNREFUSED 127.0.0.1:9.',
    );
  });

  it('where there is no such host', async () => {
    const { message } = await failureOf('mongodb://nowhere.invalid/');
    expect(message).toMatch(
      /^MongoDB at nowhere\.invalid:27017\/leadledger cannot be used: .*nowhere\.invalid/,
    );
  });

  it('where something else answers', async () => {
    const port = await listening((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
      );
    });
    const { message } = await failureOf(`mongodb://Admin1:s3cret@127.0.0.1:${port}/`);
    expect(message).toContain(`127.0.0.1:${port}`);
    expect(message).toContain('does not answer as MongoDB does');
  });

  it('where somebody listens and is silent', async () => {
    const port = await listening(() => undefined);
    const { message } = await failureOf(`mongodb://127.0.0.1:${port}/`);
    expect(message).toContain(`127.0.0.1:${port}`);
    expect(message).toContain('nothing that speaks its protocol answers there');
  });

  it.each<[string, (command: Readonly<Record<string, unknown>>) => ProxyAnswer | false, RegExp]>([
    [
      'the credentials are wrong',
      (command) =>
        'saslStart' in command && {
          ok: 0,
          code: 18,
          codeName: 'AuthenticationFailed',
          errmsg: 'no',
        },
      /refuses the credentials \(AuthenticationFailed, code 18\)/,
    ],
    [
      'the user has no right to the database',
      (command) =>
        'listCollections' in command && { ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'no' },
      /may not do what is needed there \(Unauthorized, code 13\)/,
    ],
    [
      'the server is too old',
      (command) => 'ismaster' in command && { ...HELLO, maxWireVersion: 3 },
      /wire version 3/,
    ],
  ])('where %s', async (_, refuse, words) => {
    const proxy = await startWireProxy({
      onCommand: (command) => {
        const refusal = refuse(command);
        return refusal || ('saslStart' in command ? 'hang up' : HELLO);
      },
    });
    const user = words.source.includes('credentials') ? 'Admin1:s3cret@' : '';
    const { message } = await failureOf(`mongodb://${user}127.0.0.1:${proxy.port}/crm`);
    expect(message).toMatch(words);
    await proxy.stop();
  });
});
