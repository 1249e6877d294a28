import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Body, entriesOf, member } from '../support/client.js';
import { type StandIn, startStandIn } from '../support/eventstoredb/stand-in.js';
import { openTestDatabase, type TestDatabase } from '../support/mongodb/test-database.js';
import { startApi, type TestApi } from '../support/start-api.js';

const PROCESSES = 3;
const AT_ONCE = 32;
const ROUNDS = 4;

let standIn: StandIn | undefined;
let database: TestDatabase;
const apis: TestApi[] = [];
const folders: string[] = [];

/** Processes of one installation: each has a folder of its own, and nothing in common but the servers. */
beforeAll(async () => {
  standIn = process.env.EVENTSTORE_URL ? undefined : await startStandIn({ graceMs: 10 });
  database = await openTestDatabase();
  const eventStorePrefix = `assignment.${randomBytes(6).toString('hex')}.`;
  const eventStoreUrl = process.env.EVENTSTORE_URL ?? standIn?.url ?? '';
  const config = { eventStoreUrl, eventStorePrefix, mongoUrl: database.url };
  for (let n = 0; n < PROCESSES; n += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'assignment '));
    folders.push(folder);
    apis.push(await startApi({ folder, config }));
  }
});
afterAll(async () => {
  for (const api of apis) await api.stop({ keep: true });
  await database.drop();
  await standIn?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function ofProcess(n: number): TestApi {
  return apis[n % PROCESSES] as TestApi;
}

async function opportunities(need: string, after: number): Promise<readonly Body[]> {
  const query = `filter=${encodeURIComponent(JSON.stringify({ need }))}&limit=200&after=${after}`;
  const answer = (await ofProcess(0).admin.get(`/v1/opportunities?${query}`)).expect(200);
  return entriesOf(answer.items);
}

it.each(['round-robin', 'least-loaded'])(
  'shares what arrives at once over several processes evenly, after each of several rounds: %s',
  async (method) => {
    const { admin, ...api } = ofProcess(0);
    const teamId = await api.team();
    const members: string[] = [];
    for (let n = 0; n < 5; n += 1) members.push((await api.user(['salesperson'], [teamId])).id);
    const handler = { kind: 'team', teamId, method };
    const rule = { ruleId: method, name: method, filter: { need: method }, handler };
    (await admin.post('/v1/settings/assignment-rules', rule)).expect(200);
    await Promise.all(
      apis.map(({ ledger }) =>
        Promise.all([ledger.people.refresh(), ledger.write.settings.refresh()]),
      ),
    );
    for (let round = 1; round <= ROUNDS; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, n) =>
          ofProcess(n).admin.post('/v1/opportunities', { name: `Camera ${n}`, need: method }),
        ),
      );
      const positions = answers.map((answer) => Number(answer.expect(201).position));
      const found = await opportunities(method, Math.max(...positions));
      expect(new Set(found.map((one) => member(one, 'id'))).size).toBe(round * AT_ONCE);
      const counts = members.map((id) => found.filter((one) => String(one.ownerId) === id).length);
      expect(counts.reduce((sum, count) => sum + count)).toBe(round * AT_ONCE);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  },
  120_000,
);
