import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StandIn, startStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import { firstVersionOf } from '../../../../test/support/first-build.js';
import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';
import { startApi } from '../../../../test/support/start-api.js';
import { examine } from './examine.js';
import type { Finding } from './finding.js';

let standIn: StandIn;
let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  standIn = await startStandIn({ graceMs: 10 });
  database = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'doctor '));
  chmodSync(folder, 0o700);
});
afterEach(async () => {
  await database.drop();
  await standIn.stop();
  rmSync(folder, { recursive: true });
});

const LEADS = firstVersionOf('leads');
const servers = () => ({
  LEADLEDGER_DATA: folder,
  EVENTSTORE_URL: standIn.url,
  MONGODB_URL: database.url,
});
const of = (findings: readonly Finding[], part: string) =>
  findings.find((finding) => finding.part === part);
const wrong = (findings: readonly Finding[]) =>
  findings.filter(({ status }) => status === 'wrong').map(({ part }) => part);

describe('A look at an installation', () => {
  it('on the servers tells versions, lags, indexes and who is at work', async () => {
    const config = { eventStoreUrl: standIn.url, mongoUrl: database.url };
    const api = await startApi({ folder, config });
    (await api.admin.post('/v1/leads', { givenName: 'An' })).expect(201);
    (await api.admin.get(`/v1/leads?after=${await api.head()}`)).expect(200);
    const findings = await examine(servers());
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'event store')?.detail).toContain('EventStoreDB 23.10');
    expect(of(findings, 'MongoDB')?.detail).toMatch(/^\d+\.\d+/);
    expect(of(findings, 'read model leads')?.detail).toMatch(
      new RegExp(`version ${LEADS}, .* events behind`),
    );
    expect(of(findings, 'indexes')?.status).toBe('ok');
    expect(of(findings, 'lease projections leads')?.detail).toContain('held by');
    await api.stop({ keep: true });
    await database.connection.db.collection(`leads.v${LEADS}`).drop();
    const after = await examine(servers());
    expect(of(after, 'indexes')).toMatchObject({
      status: 'wrong',
      detail: expect.stringContaining('leads: '),
    });
    expect(of(after, 'leases')?.status).toBe('note');
  }, 60_000);

  it('whose EventStoreDB is down tells that, and the rest, in time', async () => {
    const environment = servers();
    await standIn.stop();
    const started = performance.now();
    const findings = await examine(environment);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(wrong(findings)).toEqual(['event store']);
    expect(of(findings, 'MongoDB')?.status).toBe('ok');
    await standIn.restart();
  }, 60_000);

  it('of which one part is in the data folder looks at both', async () => {
    const api = await startApi({ folder, config: { mongoUrl: database.url } });
    await api.stop({ keep: true });
    const { LEADLEDGER_DATA, MONGODB_URL } = servers();
    const findings = await examine({ LEADLEDGER_DATA, MONGODB_URL });
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'event store')?.detail).toContain('embedded');
    expect(of(findings, 'key ring')?.detail).toBe('embedded.');
    const without = await examine({ LEADLEDGER_DATA, MONGODB_URL: 'mongodb://127.0.0.1:9/' });
    expect(wrong(without)).toEqual(['MongoDB']);
  }, 60_000);

  it('on a data folder looks beside the process that serves', async () => {
    const api = await startApi({ folder });
    const findings = await examine({ LEADLEDGER_DATA: folder });
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'read model leads')?.status).toBe('ok');
    expect(of(findings, 'indexes')?.status).toBe('ok');
    await api.stop({ keep: true });
  });
});
