import { setTimeout as pause } from 'node:timers/promises';
import { type Body, entriesOf, member } from '../support/client.js';
import { capture, convert, found, preview, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

let rules: string[] = [];
/** Adds a rule for opportunities with this need, so that tests do not meet each other's. */
async function rule(need: string, handler: object, more: object = {}): Promise<string> {
  const ruleId = `rule-${rules.length + 1}-${Date.now()}`;
  rules.push(ruleId);
  const body = { ruleId, name: `Tác vụ ${need}`, filter: { need }, handler, ...more };
  (await api.admin.post('/v1/settings/assignment-rules', body)).expect(200);
  return ruleId;
}
afterEach(async () => {
  for (const id of rules) await api.admin.delete(`/v1/settings/assignment-rules/${id}`);
  rules = [];
});

const toUser = ({ id }: TestUser) => ({ kind: 'user', userId: id });
const toTeam = (teamId: string, more: object = {}) => ({
  ...{ kind: 'team', teamId, method: 'round-robin' },
  ...more,
});
async function team(size: number) {
  const teamId = await api.team();
  const members: TestUser[] = [];
  for (let n = 0; n < size; n += 1) members.push(await api.user(['salesperson'], [teamId]));
  return { teamId, members };
}
async function opportunity(id: string | Body | undefined): Promise<Body> {
  return (await api.admin.get(`/v1/opportunities/${id}`)).expect(200);
}
async function arrive(need: string, more: object = {}, as = api.admin): Promise<string> {
  return capture(as, 'opportunities', { name: unique('Camera'), need, ...more });
}
async function timelineOf(id: string, locale: string): Promise<readonly Body[]> {
  const headers = { 'accept-language': locale };
  const answer = await api.admin.get(`/v1/opportunities/${id}/timeline`, headers);
  return entriesOf(answer.expect(200).items);
}
async function assignedEvents(id: string) {
  const { log } = api.ledger.stores;
  return (await log.readStream({ stream: `opportunity-${id}` })).events;
}

describe('A rule “product is Ezviz C6T 2MP, to a named person”', () => {
  const EZVIZ = { filter: { products: 'Ezviz C6T 2MP' } };
  const products = ['Ezviz C6T 2MP'];

  it('assigns what arrives by API, by conversion and by CSV import, in the same append', async () => {
    const thu = await api.user(['salesperson']);
    const ruleId = await rule('Ezviz', toUser(thu), EZVIZ);

    const byApi = await arrive('nothing', { products });
    const leadId = await capture(api.admin, 'leads', {
      givenName: unique('An'),
      ...{ email: uniqueEmail(), products },
    });
    const { conversion } = (
      await convert(api.admin, leadId, { opportunity: { action: 'create' } })
    ).expect(200);
    const byConversion = String(conversion?.opportunityId);
    const externalId = unique('CSV');
    await imported(['name,products,externalId', `Camera,Ezviz C6T 2MP,${externalId}`]);
    const filter = encodeURIComponent(JSON.stringify({ externalId }));
    const [byImport] = entriesOf(
      (await api.admin.get(`/v1/opportunities?filter=${filter}&after=${await api.head()}`)).expect(
        200,
      ).items,
    );

    for (const id of [byApi, byConversion, String(byImport?.id)]) {
      expect(await opportunity(id)).toMatchObject({ ownerId: thu.id });
      const [captured, assigned, ...others] = await assignedEvents(id);
      expect(others).toEqual([]);
      expect(captured?.data).not.toHaveProperty('ownerId');
      expect(assigned).toMatchObject({
        type: 'OpportunityAssigned',
        data: { to: { ownerId: thu.id }, by: { rule: { id: ruleId }, reason: 'named' } },
      });
      expect(assigned?.metadata.commandId).toBe(captured?.metadata.commandId);
    }
  });

  it('is told in the timeline in words, with the reason', async () => {
    const thu = await api.user(['salesperson']);
    await rule('Ezviz', toUser(thu), EZVIZ);
    const id = await arrive('nothing', { products });
    const [en] = await timelineOf(id, 'en');
    expect(en?.text).toBe(
      'The rule “Tác vụ Ezviz” gave the opportunity to Lê Thu: the rule names them.',
    );
    const [vi] = await timelineOf(id, 'vi');
    expect(vi?.text).toBe(
      'Tác vụ “Tác vụ Ezviz” đã giao cơ hội cho Lê Thu: tác vụ chỉ định người này.',
    );
  });

  it('lets whom the caller names stay, and takes the place of whom nobody named', async () => {
    const [thu, lan] = [await api.user(['salesperson']), await api.user(['salesperson'])];
    const teamId = await api.team();
    await rule('Ezviz', toUser(thu), EZVIZ);
    const named = await arrive('nothing', { products, ownerId: lan.id });
    expect(await opportunity(named)).toMatchObject({ ownerId: lan.id });
    const ofTeam = await arrive('nothing', { products, teamId });
    expect(await opportunity(ofTeam)).not.toHaveProperty('ownerId');
    // A salesperson owns what they capture, unless a rule says otherwise.
    const mine = await arrive('nothing', {}, lan);
    expect(await opportunity(mine)).toMatchObject({ ownerId: lan.id });
    expect(await opportunity(await arrive('nothing', { products }, lan))).toMatchObject({
      ownerId: thu.id,
    });
  });

  it('shows in the preview of a conversion, which then does what it showed', async () => {
    const thu = await api.user(['salesperson']);
    const ruleId = await rule('Ezviz', toUser(thu), EZVIZ);
    const body = { givenName: unique('An'), email: uniqueEmail(), products };
    const leadId = await capture(api.admin, 'leads', body);
    const choices = { opportunity: { action: 'create' } };
    const shown = (await preview(api.admin, leadId, choices)).expect(200);
    expect(shown.plan?.opportunity?.assignment).toEqual({
      rule: { id: ruleId, name: 'Tác vụ Ezviz' },
      handler: toUser(thu),
    });
    const edited = { name: 'Camera' };
    (await api.admin.patch(`/v1/settings/assignment-rules/${ruleId}`, edited)).expect(200);
    const stale = await convert(api.admin, leadId, { ...choices, basis: shown.basis });
    expect(stale.expect(409).code).toBe('stale_preview');
  });
});

async function imported(lines: readonly string[]): Promise<void> {
  const body = { recordType: 'opportunity' };
  const id = member((await api.admin.post('/v1/imports', body)).expect(201), 'id');
  const content = lines.join('\n');
  const headers = { 'content-type': 'text/csv' };
  (await api.admin.send('PUT', `/v1/imports/${id}/content`, content, headers)).expect(202);
  for (;;) {
    const shown = (await api.admin.get(`/v1/imports/${id}`)).expect(200);
    if (shown.state === 'running') await pause(10);
    else return expect(shown).toMatchObject({ state: 'done', created: lines.length - 1 });
  }
}

function counted(ids: readonly (Body | undefined)[], members: readonly TestUser[]) {
  return members.map((one) => ids.filter((id) => String(id) === one.id).length);
}

describe('A rule for a team', () => {
  it.each(['round-robin', 'least-loaded'])(
    'shares 32 concurrent arrivals of both kinds evenly: %s',
    async (method) => {
      const need = unique('Kho');
      const { teamId, members } = await team(5);
      await rule(need, toTeam(teamId, { method }));
      const leads = await Promise.all(
        Array.from({ length: 8 }, () =>
          capture(api.admin, 'leads', { givenName: unique('An'), email: uniqueEmail(), need }),
        ),
      );
      const choices = { opportunity: { action: 'create' } };
      const [converted, captured] = await Promise.all([
        Promise.all(leads.map((id) => convert(api.admin, id, choices))),
        Promise.all(Array.from({ length: 24 }, () => arrive(need))),
      ]);
      const ids = [
        ...converted.map((answer) => answer.expect(200).conversion?.opportunityId),
        ...captured,
      ];
      const owners = await Promise.all(ids.map(async (id) => (await opportunity(id)).ownerId));
      const counts = counted(owners, members);
      expect(counts.reduce((sum, count) => sum + count)).toBe(32);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    },
  );

  it('passes over whoever is away, which people tell themselves', async () => {
    const need = unique('Kho');
    const { teamId, members } = await team(3);
    const [an, binh, chi] = members as [TestUser, TestUser, TestUser];
    await rule(need, toTeam(teamId));
    const until = new Date(Date.now() + 3_600_000).toISOString();
    (await an.put(`/v1/users/${an.id}/absence`, { until })).expect(200);
    (await api.admin.post(`/v1/users/${binh.id}/deactivation`, {})).expect(200);
    const id = await arrive(need);
    expect(await opportunity(id)).toMatchObject({ ownerId: chi.id, teamId });
    const [entry] = await timelineOf(id, 'en');
    expect(entry?.text).toContain('nobody else was available. Passed over: ');
    (await an.delete(`/v1/users/${an.id}/absence`)).expect(200);
    expect(await opportunity(await arrive(need))).toMatchObject({ ownerId: an.id });
  });

  it('gives to nobody who is full, and to the team when all are', async () => {
    const need = unique('Kho');
    const { teamId, members } = await team(2);
    await rule(need, toTeam(teamId, { capacity: 2 }));
    const ids = await Promise.all(Array.from({ length: 6 }, () => arrive(need)));
    const owners = await Promise.all(ids.map(async (id) => (await opportunity(id)).ownerId));
    expect(counted(owners, members)).toEqual([2, 2]);
    expect(owners.filter((id) => id === undefined)).toHaveLength(2);
    const [own = ''] = ids.filter((_, n) => String(owners[n]) === members[0]?.id);
    (await api.admin.post(`/v1/opportunities/${own}/loss`, { reason: 'Giá cao' })).expect(200);
    await api.admin.get(`/v1/opportunities/${own}?after=${await api.head()}`);
    expect(await opportunity(await arrive(need))).toMatchObject({ ownerId: members[0]?.id });
  });

  it('takes no turn for what is refused, nor for what is sent again', async () => {
    const need = unique('Kho');
    const { teamId, members } = await team(2);
    await rule(need, toTeam(teamId));
    const refused = await api.admin.post('/v1/opportunities', { need, probability: 'high' });
    expect(refused.status).toBe(400);
    const key = { 'idempotency-key': `key-${need.replaceAll(/\W/g, '')}` };
    const body = { name: 'Camera', need };
    const first = (await api.admin.post('/v1/opportunities', body, key)).expect(201);
    const again = (await api.admin.post('/v1/opportunities', body, key)).expect(201);
    expect(again.id).toBe(first.id);
    expect(await opportunity(first.id)).toMatchObject({ ownerId: members[0]?.id });
    expect(await opportunity(await arrive(need))).toMatchObject({ ownerId: members[1]?.id });
  });
});

describe('Rules', () => {
  it('are asked in their order, those that hold by nested conditions too', async () => {
    const need = unique('Kho');
    const [thu, lan] = [await api.user(['salesperson']), await api.user(['salesperson'])];
    const nested = {
      $and: [
        { need },
        { $or: [{ 'expectedRevenue.amount': { $gt: 1_000_000 } }, { tags: 'VIP' }] },
        { $nor: [{ source: 'Zalo' }] },
      ],
    };
    const first = await rule(need, toUser(thu), { filter: nested });
    const second = await rule(need, toUser(lan));
    const ownerOf = async (more: object) => (await opportunity(await arrive(need, more))).ownerId;
    const money = (amount: number) => ({ expectedRevenue: { amount, currency: 'VND' } });
    expect(await ownerOf(money(2_000_000))).toBe(thu.id);
    expect(await ownerOf({ tags: ['VIP'] })).toBe(thu.id);
    expect(await ownerOf({ tags: ['VIP'], source: 'Zalo' })).toBe(lan.id);
    expect(await ownerOf(money(1))).toBe(lan.id);
    const order = { ruleIds: [second, first] };
    (await api.admin.put('/v1/settings/assignment-rules', order)).expect(200);
    expect(await ownerOf({ tags: ['VIP'] })).toBe(lan.id);
  });

  it('are passed over while their person is away', async () => {
    const need = unique('Kho');
    const [thu, lan] = [await api.user(['salesperson']), await api.user(['salesperson'])];
    await rule(need, toUser(thu));
    await rule(need, toUser(lan));
    const until = new Date(Date.now() + 3_600_000).toISOString();
    (await api.admin.put(`/v1/users/${thu.id}/absence`, { until })).expect(200);
    const id = await arrive(need);
    expect(await opportunity(id)).toMatchObject({ ownerId: lan.id });
    const [, assigned] = await assignedEvents(id);
    expect(assigned?.data).toMatchObject({ by: { passed: [{ because: 'absent' }] } });
  });

  it('that could not be followed are told where none could, and what they leave is found', async () => {
    const need = unique('Kho');
    const thu = await api.user(['salesperson']);
    const ruleId = await rule(need, toUser(thu));
    const until = new Date(Date.now() + 3_600_000).toISOString();
    (await api.admin.put(`/v1/users/${thu.id}/absence`, { until })).expect(200);
    const lead = { givenName: unique('An'), email: uniqueEmail(), need };
    const leadId = await capture(api.admin, 'leads', lead);
    const choices = { opportunity: { action: 'create' } };
    const { conversion } = (await convert(api.admin, leadId, choices)).expect(200);
    const ids = [await arrive(need), String(conversion?.opportunityId)];
    for (const id of ids) {
      expect(await assignedEvents(id)).toMatchObject([
        { data: { passedRules: [{ rule: { id: ruleId }, because: 'absent' }] } },
      ]);
      const entries = await timelineOf(id, 'en');
      const entry = entries.find(({ type }) => String(type) === 'OpportunityCaptured');
      expect(entry?.text).toMatch(/could not be followed: “Tác vụ .*” \(its person is away\)\.$/);
    }
    const nobodys = await found(api, 'opportunities', { status: 'open', ownerId: null, need });
    // Who converts a lead that is nobody's has its opportunity.
    expect(nobodys.map(({ id }) => String(id))).toEqual(ids.slice(0, 1));
  });
});

describe('An absence', () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();

  it('is told by oneself and by admins, and shown with the user', async () => {
    const [thu, lan] = [await api.user(['salesperson']), await api.user(['manager'])];
    const path = `/v1/users/${thu.id}/absence`;
    (await thu.put(path, { until })).expect(200);
    (await lan.put(path, { until })).expect(403);
    (await lan.delete(path)).expect(403);
    expect((await lan.get(`/v1/users/${thu.id}`)).expect(200).absence).toMatchObject({ until });
    (await api.admin.delete(path)).expect(200);
    expect((await lan.get(`/v1/users/${thu.id}`)).expect(200)).not.toHaveProperty('absence');
  });

  it.each([
    ['without an end', {}, 'until'],
    ['with an end that is over', { until: '2020-01-01T00:00:00Z' }, 'until'],
    ['with an end before its beginning', { from: '2199-01-01T00:00:00Z', until }, 'until'],
    ['with a beginning that is none', { from: 'now', until }, 'from'],
    ['with more than it has', { until, reason: 'Ốm' }, 'reason'],
  ])('is refused %s, and leaves no event', async (_what, body, path) => {
    const thu = await api.user(['salesperson']);
    const head = await api.head();
    const answer = (await thu.put(`/v1/users/${thu.id}/absence`, body)).expect(400);
    expect(entriesOf(answer.errors)).toMatchObject([{ path }]);
    expect(await api.head()).toBe(head);
  });

  it('of nobody is not found', async () => {
    const path = '/v1/users/0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11/absence';
    (await api.admin.put(path, { until })).expect(404);
  });
});
