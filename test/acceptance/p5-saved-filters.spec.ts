import { entriesOf, member, type TestClient } from '../support/client.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const BIG = {
  recordType: 'opportunity',
  name: 'Cơ hội lớn',
  filter: { 'expectedRevenue.amount': { $gte: 1_000 }, createdAt: { $gte: { $daysAgo: 30 } } },
  sort: '-expectedRevenue.amount',
};

async function saved(client: TestClient, body: object = {}) {
  return member((await client.post('/v1/saved-filters', { ...BIG, ...body })).expect(201), 'id');
}
async function seen(client: TestClient, query = '') {
  const { items } = (await client.get(`/v1/saved-filters${query}`)).expect(200);
  return entriesOf(items).map((filter) => member(filter, 'name'));
}

it('are kept as they are written, changed, and removed', async () => {
  const seller = await api.user(['salesperson']);
  const id = await saved(seller);
  const path = `/v1/saved-filters/${id}`;
  const got = await seller.get(path);
  expect(got.expect(200)).toMatchObject({
    ...BIG,
    id,
    ownerId: seller.id,
    shared: false,
    revision: 0,
  });
  expect(got.headers.get('etag')).toBe('"0"');
  const change = { name: 'Cơ hội rất lớn', q: 'camera', sort: null };
  (await seller.patch(path, change, { 'if-match': '"0"' })).expect(200);
  (await seller.patch(path, change, { 'if-match': '"0"' })).expect(412);
  const { body } = await seller.get(path);
  expect(body).toMatchObject({
    name: 'Cơ hội rất lớn',
    q: 'camera',
    filter: BIG.filter,
    revision: 1,
  });
  expect(body).not.toHaveProperty('sort');
  (await seller.delete(path)).expect(200);
  (await seller.get(path)).expect(404);
  expect(await seen(seller)).toEqual([]);
});

it('are seen by those with whom they are shared, and changed by their owner and who looks after all', async () => {
  const [team, elsewhere] = [await api.team(), await api.team()];
  const owner = await api.user(['salesperson'], [team]);
  const colleague = await api.user(['salesperson'], [team]);
  const other = await api.user(['salesperson'], [elsewhere]);
  await saved(owner, { name: 'A riêng' });
  const ofTeam = await saved(owner, { name: 'B của đội', shared: { teamIds: [team] } });
  const ofAll = await saved(owner, {
    name: 'C của mọi người',
    shared: true,
    recordType: 'lead',
    filter: { status: 'open' },
    sort: 'familyName',
  });
  expect(await seen(owner)).toEqual(['A riêng', 'B của đội', 'C của mọi người']);
  expect(await seen(colleague)).toEqual(['B của đội', 'C của mọi người']);
  expect(await seen(other)).toEqual(['C của mọi người']);
  expect(await seen(colleague, '?recordType=opportunity')).toEqual(['B của đội']);
  (await other.get(`/v1/saved-filters/${ofTeam}`)).expect(404);
  (await other.patch(`/v1/saved-filters/${ofTeam}`, { name: 'x' })).expect(404);
  (await colleague.patch(`/v1/saved-filters/${ofTeam}`, { name: 'x' })).expect(403);
  (await colleague.delete(`/v1/saved-filters/${ofAll}`)).expect(403);
  (await api.admin.patch(`/v1/saved-filters/${ofAll}`, { name: 'C chung' })).expect(200);
  expect(await seen(other)).toEqual(['C chung']);
  (await owner.patch(`/v1/saved-filters/${ofTeam}`, { shared: false })).expect(200);
  expect(await seen(colleague)).toEqual(['C chung']);
});

it('filter lists and boards, beside what else is asked for, and show nobody more than they may see', async () => {
  const [one, other] = [await api.user(['salesperson']), await api.user(['salesperson'])];
  const deal = (client: TestClient, name: string, amount: number) =>
    client.post('/v1/opportunities', { name, expectedRevenue: { amount, currency: 'VND' } });
  for (const [name, amount] of [
    ['Nhỏ', 5],
    ['Vừa', 2_000],
    ['Lớn', 3_000],
  ] as const) {
    (await deal(one, name, amount)).expect(201);
  }
  (await deal(other, 'Của người khác', 9_000)).expect(201);
  const id = await saved(one, { shared: true });
  const names = async (client: TestClient, query = '') => {
    const answer = await client.get(`/v1/opportunities?savedFilter=${id}${query}`);
    return entriesOf(answer.expect(200).items).map(({ name }) => name);
  };
  expect(await names(one)).toEqual(['Lớn', 'Vừa']);
  expect(await names(one, '&sort=expectedRevenue.amount')).toEqual(['Vừa', 'Lớn']);
  const filter = encodeURIComponent('{"expectedRevenue.amount":{"$lt":3000}}');
  expect(await names(one, `&filter=${filter}`)).toEqual(['Vừa']);
  expect(await names(one, '&q=lon')).toEqual(['Lớn']);
  expect(await names(one, '&limit=1')).toEqual(['Lớn']);
  expect(await names(other)).toEqual(['Của người khác']);
  const board = (await one.get(`/v1/opportunities/board?savedFilter=${id}`)).expect(200);
  expect(entriesOf(board.stages)[0]).toMatchObject({ count: 2, sums: [{ amount: 5_000 }] });
});

it('are refused where they are not there for the caller or of other lists', async () => {
  const [one, other] = [await api.user(['salesperson']), await api.user(['salesperson'])];
  const id = await saved(one);
  const refused = async (client: TestClient, path: string) => {
    const { errors } = (await client.get(`${path}?savedFilter=${id}`)).expect(400);
    return entriesOf(errors).map(({ path: at, code }) => `${at} ${code}`);
  };
  expect(await refused(other, '/v1/opportunities')).toEqual(['savedFilter unknown_saved_filter']);
  expect(await refused(one, '/v1/leads')).toEqual(['savedFilter wrong_record_type']);
  (await one.get('/v1/opportunities?savedFilter=x')).expect(400);
});

it.each<[string, object, number, string]>([
  ['no name', { name: ' ' }, 400, 'name'],
  ['a record type that is none', { recordType: 'activity' }, 400, 'recordType'],
  ['a field that there is not', { filter: { nick: 1 } }, 400, 'filter.nick'],
  [
    'an operator that there is not',
    { filter: { name: { $where: 'x' } } },
    400,
    'filter.name.$where',
  ],
  ['a filter that is a text', { filter: '{}' }, 400, 'filter'],
  ['a sort by what has no order', { sort: 'tags' }, 400, 'sort'],
  ['a sort that cannot be read', { sort: '$name' }, 400, 'sort'],
  ['nobody to share with', { shared: { teamIds: [] } }, 400, 'shared.teamIds'],
  [
    'a team that there is not',
    { shared: { teamIds: ['0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11'] } },
    422,
    'shared.teamIds.0',
  ],
  ['a member that there is not', { colour: 'red' }, 400, 'colour'],
])('are refused with %s, and nothing is written', async (_what, body, status, path) => {
  const head = await api.head();
  const refused = await api.admin.post('/v1/saved-filters', { ...BIG, ...body });
  expect(entriesOf(refused.expect(status).errors).map(({ path: at }) => at)).toContain(path);
  expect(await api.head()).toBe(head);
});

it('are not shared with teams of others, nor kept by nobody', async () => {
  const team = await api.team();
  const outsider = await api.user(['salesperson']);
  const refused = await outsider.post('/v1/saved-filters', { ...BIG, shared: { teamIds: [team] } });
  expect(refused.expect(422)).toMatchObject({ code: 'foreign_team' });
  (await api.stranger.get('/v1/saved-filters')).expect(401);
});

it('are saved once under one key', async () => {
  const seller = await api.user(['salesperson']);
  const key = { 'idempotency-key': 'saved-once' };
  const first = (await seller.post('/v1/saved-filters', BIG, key)).expect(201);
  expect((await seller.post('/v1/saved-filters', BIG, key)).expect(201)).toEqual(first);
  const { items } = (await seller.get('/v1/saved-filters')).expect(200);
  expect(entriesOf(items).filter(({ ownerId }) => ownerId === seller.id)).toHaveLength(1);
});
