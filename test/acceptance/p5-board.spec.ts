import { type Body, entriesOf, member, type TestClient } from '../support/client.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const VND = (amount: number) => ({ amount, currency: 'VND' });

async function captured(client: TestClient, body: object) {
  return member((await client.post('/v1/opportunities', body)).expect(201), 'id');
}

async function boardOf(client: TestClient, query = '', type = 'opportunities') {
  const body = (await client.get(`/v1/${type}/board${query}`)).expect(200);
  const stages = entriesOf(body.stages);
  const stage = (id: string): Body => {
    const found = stages.find((one) => one.id === id);
    if (!found) throw new Error(`The board has no stage ${id}.`);
    return found;
  };
  return { body, stages, stage };
}
const filtered = (filter: object) => `?filter=${encodeURIComponent(JSON.stringify(filter))}`;

it('shows each stage of a pipeline with its records, their number and what they are worth by currency', async () => {
  const seller = await api.user(['salesperson'], [await api.team()]);
  const [big, small] = [
    await captured(seller, { name: 'Lớn', expectedRevenue: VND(1_000_000) }),
    await captured(seller, { name: 'Nhỏ', expectedRevenue: VND(333), stageId: 'proposal' }),
  ];
  await captured(seller, { name: 'Mỹ', expectedRevenue: { amount: 500, currency: 'USD' } });
  await captured(seller, { name: 'Không', probability: 50 });
  const { body, stages, stage } = await boardOf(seller);
  expect(body).toMatchObject({ pipeline: { id: 'sales' }, complete: true });
  expect(stages.map(({ id }) => id)).toEqual([
    ...['prospecting', 'engaging', 'proposal', 'negotiation', 'won', 'lost'],
  ]);
  expect(stage('prospecting')).toMatchObject({
    ...{ name: 'Tìm kiếm', marker: 'open', probability: 10, count: 3 },
    sums: [
      { currency: 'USD', count: 1, amount: 500, weighted: 50 },
      { currency: 'VND', count: 1, amount: 1_000_000, weighted: 100_000 },
    ],
    items: [{ name: 'Không' }, { name: 'Mỹ' }, { id: big, type: 'opportunity' }],
  });
  const sums = [{ currency: 'VND', count: 1, amount: 333, weighted: 200 }];
  expect(stage('proposal')).toMatchObject({ count: 1, sums, items: [{ id: small }] });
  expect(stage('won')).toMatchObject({ count: 0, sums: [], items: [] });

  (await seller.post(`/v1/opportunities/${big}/win`, {})).expect(200);
  (await seller.post(`/v1/opportunities/${small}/loss`, { reason: 'Giá cao' })).expect(200);
  const after = await boardOf(seller);
  const won = [{ amount: 1_000_000, weighted: 1_000_000 }];
  expect(after.stage('won')).toMatchObject({ count: 1, sums: won, items: [{ id: big }] });
  expect(after.stage('lost')).toMatchObject({ count: 1, sums: [{ amount: 333, weighted: 0 }] });
  expect(after.stage('prospecting').count).toBe(2);
});

it('shows nobody what they may not see, and leaves out what is deleted', async () => {
  const [one, other] = [await api.user(['salesperson']), await api.user(['salesperson'])];
  await captured(one, { name: 'Của một', expectedRevenue: VND(7) });
  const gone = await captured(one, { name: 'Bỏ', expectedRevenue: VND(9) });
  (await one.delete(`/v1/opportunities/${gone}`)).expect(200);
  expect((await boardOf(one)).stage('prospecting')).toMatchObject({
    ...{ count: 1, sums: [{ amount: 7 }], items: [{ name: 'Của một' }] },
  });
  const { stages } = await boardOf(other);
  expect(stages.map(({ count, items }) => [count, entriesOf(items).length])).toEqual(
    stages.map(() => [0, 0]),
  );
  (await api.stranger.get('/v1/opportunities/board')).expect(401);
});

it('takes filters and searches as lists do, and a filter of owner or outcome all the same', async () => {
  const seller = await api.user(['salesperson']);
  const vip = { name: 'Camera Minh Phát', tags: ['VIP'], expectedRevenue: VND(5) };
  await captured(seller, vip);
  await captured(seller, { name: 'Khoá cửa', priority: 'Cao', expectedRevenue: VND(6) });
  const count = async (query: string) => {
    const { count, sums, items } = (await boardOf(seller, query)).stage('prospecting');
    return [count, entriesOf(sums).map(({ amount }) => amount), entriesOf(items).length];
  };
  expect(await count(filtered({ tags: 'VIP' }))).toEqual([1, [5], 1]);
  expect(await count(filtered({ 'expectedRevenue.amount': { $gt: 5 } }))).toEqual([1, [6], 1]);
  expect(await count('?q=khoa')).toEqual([1, [6], 1]);
  expect(await count(filtered({ ownerId: seller.id, status: 'open' }))).toEqual([2, [11], 2]);
  expect(await count(filtered({ status: 'won' }))).toEqual([0, [], 0]);
});

it('goes on in one stage where it ended', async () => {
  const seller = await api.user(['salesperson']);
  for (let n = 1; n <= 5; n += 1) await captured(seller, { name: `Cơ hội ${n}` });
  const names: string[] = [];
  let cursor = '';
  do {
    const { stages } = await boardOf(seller, `?stageId=prospecting&limit=2${cursor}`);
    expect(stages).toHaveLength(1);
    expect(stages[0]?.count).toBe(5);
    names.push(...entriesOf(stages[0]?.items).map(({ name }) => String(name)));
    const next = stages[0]?.next;
    cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
  } while (cursor !== '');
  expect(names).toEqual([5, 4, 3, 2, 1].map((n) => `Cơ hội ${n}`));
});

it('of leads counts', async () => {
  const seller = await api.user(['salesperson']);
  (await seller.post('/v1/leads', { familyName: 'Nguyễn' })).expect(201);
  const { body, stage } = await boardOf(seller, '', 'leads');
  expect(body.pipeline?.id).toBe('leads');
  expect(stage('new')).toMatchObject({ count: 1, sums: [], items: [{ familyName: 'Nguyễn' }] });
});

it.each([
  ['a pipeline that is none', '?pipelineId=nowhere', 'pipelineId'],
  ['a pipeline of leads', '?pipelineId=leads', 'pipelineId'],
  ['a stage that is none', '?stageId=nowhere', 'stageId'],
  ['a cursor without its stage', '?cursor=x', 'cursor'],
  ['a cursor that is none', '?stageId=won&cursor=x', 'cursor'],
  ['more cards than it shows', '?limit=51', 'limit'],
  ['a filter that is none', '?filter=x', 'filter'],
  ['a field that there is not', filtered({ nick: 1 }), 'filter.nick'],
  ['a sort', '?sort=name', 'sort'],
])('refuses %s', async (_what, query, path) => {
  await captured(api.admin, { name: 'Để có gì đó', stageId: 'prospecting' });
  const refused = await api.admin.get(`/v1/opportunities/board${query}`);
  expect(refused.expect(400).errors).toMatchObject([{ path }]);
});
