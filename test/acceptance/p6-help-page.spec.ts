import { LONGEST_TTL_S } from '#access';
import { settableClock } from '#platform';
import { type Body, createClient, entriesOf, type TestClient } from '../support/client.js';
import { capture, convert, found, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';
import { until } from '../support/until.js';

/** The example of the help page: opportunities for this camera are Thu's. */
const CAMERA = 'Ezviz C6T 2MP';
const RULE = { id: 'ezviz', name: 'Tác vụ Ezviz' };
const START = '2026-03-02T01:00:00.000Z';
const HOUR = 3_600_000;

const clock = settableClock(START);
let api: TestApi;
let admin: TestClient;
let thu: TestClient & { readonly id: string };
beforeAll(async () => {
  api = await startApi({ clock, lookEveryMs: 20 });
  admin = await lasting(api.ledger.people.activeAdmins()[0] ?? '');
  thu = await lasting((await api.user(['salesperson'])).id);
  const entries = [{ id: 'gap', priority: 'Gấp', allowedMinutes: 120, repeatHours: 4 }];
  (await admin.put('/v1/settings/overdue-policy', { policy: { entries } })).expect(200);
  const handler = { kind: 'user', userId: thu.id };
  const rule = { ruleId: RULE.id, name: RULE.name, filter: { products: CAMERA }, handler };
  (await admin.post('/v1/settings/assignment-rules', rule)).expect(200);
});
afterAll(() => api.stop());
beforeEach(() => clock.set(START));

/** Speaks as a user however far the clock is moved. */
async function lasting(id: string): Promise<TestClient & { readonly id: string }> {
  return { id, ...createClient(api.url, await api.ledger.issueToken(id, LONGEST_TTL_S)) };
}

async function byConversion(): Promise<string> {
  const lead = { givenName: unique('An'), email: uniqueEmail(), products: [CAMERA] };
  const leadId = await capture(admin, 'leads', lead);
  const opportunity = { action: 'create', values: { priority: 'Gấp' } };
  const { conversion } = (await convert(admin, leadId, { opportunity })).expect(200);
  return String(conversion?.opportunityId);
}

const byPost = () =>
  capture(admin, 'opportunities', { name: unique('Camera'), products: [CAMERA], priority: 'Gấp' });

async function byImport(): Promise<string> {
  const name = unique('Nhập');
  const announced = (await admin.post('/v1/imports', { recordType: 'opportunity' })).expect(201);
  const path = `/v1/imports/${announced.id}`;
  const csv = { 'content-type': 'text/csv' };
  const content = `name,products,priority\n${name},${CAMERA},Gấp`;
  (await admin.send('PUT', `${path}/content`, content, csv)).expect(202);
  const shown = await until(async () => {
    const { body } = await admin.get(path);
    return body.state === 'running' ? undefined : body;
  });
  expect(shown).toMatchObject({ state: 'done', created: 1 });
  const [opportunity] = await found({ ...api, admin }, 'opportunities', { name });
  return String(opportunity?.id);
}

const tell = async (path: string): Promise<Body> => (await admin.get(path)).expect(200);

/** The notices of one kind that Thu has of a record, once there are so many; and a little later there are no more. */
async function notices(id: string, kind: string, count: number): Promise<readonly Body[]> {
  const read = async () => {
    const items = entriesOf((await thu.get('/v1/notifications?limit=200')).expect(200).items);
    return items.filter((notice) => notice.kind === kind && notice.record?.id === id);
  };
  await until(async () => ((await read()).length >= count ? true : undefined));
  await new Promise((resolve) => setTimeout(resolve, 100));
  return read();
}

async function sentences(id: string, type: string, locale: string): Promise<readonly string[]> {
  const headers = { 'accept-language': locale };
  const path = `/v1/opportunities/${id}/timeline?after=${await api.head()}`;
  const { items } = (await admin.get(path, headers)).expect(200);
  return entriesOf(items)
    .filter((entry) => entry.type === type)
    .map(({ text }) => String(text));
}

async function overdue() {
  const path = `/v1/reminders?limit=200&after=${await api.head()}`;
  return entriesOf((await thu.get(path)).expect(200).items).map(({ record }) => record?.id);
}

describe('An opportunity for “Ezviz C6T 2MP”, which a rule gives to Thu', () => {
  it.each([
    ['by converting a lead', byConversion],
    ['over the API', byPost],
    ['in a CSV file', byImport],
  ])(
    'is hers when it comes %s, and she is reminded of it until it is handled',
    async (_, arrive) => {
      const id = await arrive();
      const path = `/v1/opportunities/${id}`;
      expect(await tell(path)).toMatchObject({
        ownerId: thu.id,
        deadline: { startedAt: START, dueAt: '2026-03-02T03:00:00.000Z', entryId: 'gap' },
      });
      const { events } = await api.ledger.stores.log.readStream({ stream: `opportunity-${id}` });
      const assigned = events.filter(({ type }) => type === 'OpportunityAssigned');
      expect(assigned).toMatchObject([
        {
          data: { to: { ownerId: thu.id }, by: { rule: RULE, method: 'person', reason: 'named' } },
        },
      ]);
      expect(await sentences(id, 'OpportunityAssigned', 'vi')).toEqual([
        'Tác vụ “Tác vụ Ezviz” đã giao cơ hội cho Lê Thu: tác vụ chỉ định người này.',
      ]);
      expect(await notices(id, 'assignment', 1)).toHaveLength(1);
      expect(await overdue()).not.toContain(id);

      clock.advance(2 * HOUR);
      expect(await notices(id, 'overdue', 1)).toHaveLength(1);
      expect(await overdue()).toContain(id);
      clock.advance(3.9 * HOUR);
      expect(await notices(id, 'overdue', 1)).toHaveLength(1);
      clock.advance(0.2 * HOUR);
      expect(await notices(id, 'overdue', 2)).toHaveLength(2);
      expect(await overdue()).toContain(id);
      expect(await sentences(id, 'ReminderIssued', 'en')).toEqual([
        'Reminder no. 2 to Lê Thu: the opportunity has been overdue since 02/03/2026 03:00 UTC.',
        'Reminder to Lê Thu: the opportunity has been overdue since 02/03/2026 03:00 UTC.',
      ]);

      (await thu.post(`${path}/deadline/handled`)).expect(200);
      expect(await overdue()).not.toContain(id);
      clock.advance(48 * HOUR);
      expect(await notices(id, 'overdue', 2)).toHaveLength(2);
      expect(await notices(id, 'assignment', 1)).toHaveLength(1);
    },
  );
});
