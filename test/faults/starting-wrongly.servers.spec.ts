import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedKeyRing } from '#event-store';
import { atOnce } from '../../apps/cli/src/demo/at-once.js';
import { type StandIn, startStandIn } from '../support/eventstoredb/stand-in.js';
import { firstVersionOf } from '../support/first-build.js';
import { openTestDatabase, type TestDatabase } from '../support/mongodb/test-database.js';
import { startWireProxy, type WireProxy } from '../support/mongodb/wire-proxy.mjs';
import { type Ended, runProgram } from '../support/run-program.js';

const ROOT = resolve('.');
const PREPARE = `import { prepareToRun } from ${JSON.stringify(join(ROOT, 'apps/launcher/prepare.mjs'))}; await prepareToRun();`;
/** Ends by force what would never end. How soon a start gives up is tested where stores are opened, on no loaded machine's time. */
const WITHIN_MS = 120_000;
/** Most of them wait for a server for some seconds; more at once would only wait for each other while they load. */
const AT_ONCE = 5;
const SECRET = 'S3cret%40word';

let es: StandIn;
let closed: StandIn;
let web: Server;
let mongo: TestDatabase;
let refusing: WireProxy;

beforeAll(async () => {
  const built = spawnSync(process.execPath, ['--input-type=module', '-e', PREPARE], { cwd: ROOT });
  if (built.status !== 0) throw new Error(`It could not be built: ${built.stderr}`);
  es = await startStandIn({ graceMs: 10 });
  closed = await startStandIn({
    credentials: { username: 'ops', password: 'right' },
    graceMs: 10,
  });
  web = createServer((_, response) => response.end('Hello.')).listen(0, '127.0.0.1');
  await once(web, 'listening');
  mongo = await openTestDatabase();
  refusing = await startWireProxy({
    onCommand: (command) =>
      'saslStart' in command
        ? { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'no' }
        : { ok: 1, ismaster: true, minWireVersion: 0, maxWireVersion: 17 },
  });
}, limitOf(1));
afterAll(async () => {
  await refusing.stop();
  await mongo.drop();
  web.close();
  await Promise.all([es.stop(), closed.stop()]);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const folders: string[] = [];
function newFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'wrong start '));
  folders.push(made);
  return made;
}

type Environment = Readonly<Record<string, string>>;
const PROGRAMS = {
  api: ['apps/api/src/main.js'],
  worker: ['apps/worker/src/main.js'],
  verify: ['apps/cli/src/main.js', 'verify'],
  copy: ['apps/cli/src/main.js', 'copy', '--from', 'servers', '--to'],
} as const;

function run(
  program: keyof typeof PROGRAMS,
  extra: Environment,
  folder = newFolder(),
): Promise<Ended> {
  const [file, ...args] = PROGRAMS[program];
  const target = program === 'copy' ? [join(folder, 'copy')] : [];
  const variables = { LEADLEDGER_DATA: folder, LEADLEDGER_PORT: '0', ...extra };
  return runProgram([join(ROOT, 'dist', file), ...args, ...target], variables, WITHIN_MS);
}

/** For jest: longer than so many starts take when each must be ended, so that the first to fail is what does not end. */
function limitOf(starts: number): number {
  return (Math.ceil(starts / AT_ONCE) + 1) * WITHIN_MS;
}

/** One line that says what and where; nothing else. */
function expectOneLine({ code, out, err }: Ended, words: RegExp): void {
  expect(err).toMatch(words);
  expect([err.trimEnd().split('\n').length, out]).toEqual([1, '']);
  expect(err).not.toMatch(/S3cret|@word|\bat .+:\d+:\d+|node_modules/);
  // Null: it had to be killed.
  expect([1, 2]).toContain(code);
}

const webPort = () => (web.address() as AddressInfo).port;
const mongoPort = () => new URL(mongo.url).port;
const withSecret = (url: string) => url.replace('://', `://ops:${SECRET}@`);

/** What is wrong, how it is configured, and what must be said. */
const WRONG: readonly (readonly [string, () => Environment, RegExp])[] = [
  [
    'an EventStoreDB that nobody is',
    () => ({ EVENTSTORE_URL: 'esdb://127.0.0.1:9?tls=false', MONGODB_URL: mongo.url }),
    /event store is unavailable: 127\.0\.0\.1:9/,
  ],
  [
    'an EventStoreDB that is a web server',
    () => ({ EVENTSTORE_URL: `esdb://127.0.0.1:${webPort()}?tls=false`, MONGODB_URL: mongo.url }),
    /event store .*127\.0\.0\.1:\d+/,
  ],
  [
    'an EventStoreDB that is a MongoDB',
    () => ({ EVENTSTORE_URL: `esdb://127.0.0.1:${mongoPort()}?tls=false`, MONGODB_URL: mongo.url }),
    /event store .*127\.0\.0\.1:\d+/,
  ],
  [
    'an EventStoreDB that refuses the credentials',
    () => {
      const file = join(newFolder(), 'ca.pem');
      writeFileSync(file, closed.certificate ?? '');
      const url = `esdb://localhost:${closed.port}?tls=true&tlsCAFile=${file}`;
      return { EVENTSTORE_URL: withSecret(url), MONGODB_URL: mongo.url };
    },
    /event store at localhost:\d+ cannot be used: it refuses the credentials/,
  ],
  [
    'a MongoDB that nobody is',
    () => ({ EVENTSTORE_URL: es.url, MONGODB_URL: withSecret('mongodb://127.0.0.1:9/crm') }),
    /MongoDB at 127\.0\.0\.1:9\/crm cannot be used: .*ECONNREFUSED/,
  ],
  [
    'a MongoDB that is an EventStoreDB',
    () => ({ EVENTSTORE_URL: es.url, MONGODB_URL: `mongodb://127.0.0.1:${es.port}/` }),
    /MongoDB at 127\.0\.0\.1:\d+\/leadledger cannot be used/,
  ],
  [
    'a MongoDB that is a web server',
    () => ({ EVENTSTORE_URL: es.url, MONGODB_URL: `mongodb://127.0.0.1:${webPort()}/` }),
    /MongoDB at 127\.0\.0\.1:\d+\/leadledger cannot be used: .*does not answer as MongoDB does/,
  ],
  [
    'a MongoDB that refuses the credentials',
    () => ({
      EVENTSTORE_URL: es.url,
      MONGODB_URL: withSecret(`mongodb://127.0.0.1:${refusing.port}/crm`),
    }),
    /MongoDB at 127\.0\.0\.1:\d+\/crm cannot be used: it refuses the credentials/,
  ],
  [
    'a URL of another product',
    () => ({ EVENTSTORE_URL: withSecret('https://127.0.0.1/'), MONGODB_URL: mongo.url }),
    /EVENTSTORE_URL must begin with esdb:\/\//,
  ],
];

describe('Started with', () => {
  const endings = new Map<string, Ended>();
  beforeAll(
    () =>
      atOnce(AT_ONCE, WRONG, async ([what, environment]) => {
        endings.set(what, await run('api', environment()));
      }),
    limitOf(WRONG.length),
  );

  it.each(WRONG)('%s the api says so in one line', (what, _, words) => {
    expectOneLine(endings.get(what) as Ended, words);
  });

  it.each(WRONG.filter(([what]) => /credentials|another product/.test(what)))(
    '%s so do the worker and the command line',
    async (_, environment, words) => {
      const programs = ['worker', 'verify', 'copy'] as const;
      const ended = await Promise.all(programs.map((program) => run(program, environment())));
      for (const one of ended) expectOneLine(one, words);
    },
    limitOf(3),
  );
});

describe('Started on what another version or product has left', () => {
  it.each(['api', 'worker'] as const)(
    '%s names an index that keeps documents out',
    async (program) => {
      const database = await openTestDatabase();
      await database.connection.db
        .collection(`leads.v${firstVersionOf('leads')}`)
        .createIndex({ email: 1 }, { unique: true, name: 'one_per_mail' });
      const servers = {
        EVENTSTORE_URL: es.url,
        EVENTSTORE_PREFIX: `${program}.`,
        MONGODB_URL: database.url,
      };
      expectOneLine(await run(program, servers), /index one_per_mail of collection leads\.v\d+/);
      await database.drop();
    },
    limitOf(1),
  );

  it.each([
    ['events.db', 60, /events\.db is damaged: it is of format 7/],
    ['events.db', 68, /events\.db is damaged: it is of another kind/],
    ['keys.db', 60, /keys\.db is damaged: it is of format 7/],
  ] as const)(
    'the api refuses %s with another mark at %i',
    async (name, at, words) => {
      const folder = newFolder();
      const store = await openEmbeddedEventStore({ folder });
      const keys = await openEmbeddedKeyRing({ folder });
      await keys.hashSecret();
      await keys.close();
      await store.close();
      const file = join(folder, name);
      const bytes = readFileSync(file);
      bytes.writeUInt32BE(7, at);
      writeFileSync(file, bytes);
      expectOneLine(await run('api', {}, folder), words);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    },
    limitOf(1),
  );
});
