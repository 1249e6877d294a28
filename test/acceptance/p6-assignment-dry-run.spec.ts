import { entriesOf } from '../support/client.js';
import { capture, unique } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const PATH = '/v1/settings/assignment-rules/dry-run';
const dryRun = async (body: object) =>
  (await api.admin.post(`${PATH}?after=${await api.head()}`, body)).expect(200);
const arrive = (need: string) =>
  capture(api.admin, 'opportunities', { name: unique('Camera'), need });

async function team(size: number) {
  const teamId = await api.team();
  const ids: string[] = [];
  for (let n = 0; n < size; n += 1) ids.push((await api.user(['salesperson'], [teamId])).id);
  return { ids, handler: { kind: 'team', teamId, method: 'round-robin' }, teamId };
}

describe('A rule can be tried', () => {
  it('on open opportunities, with who would get them, and commits nothing', async () => {
    const need = unique('Kho');
    const { ids, handler, teamId } = await team(2);
    const made = [await arrive(need), await arrive(need), await arrive(need)];
    const lost = await arrive(need);
    (await api.admin.post(`/v1/opportunities/${lost}/loss`, { reason: 'Giá cao' })).expect(200);
    const head = await api.head();
    const tried = await dryRun({ rule: { filter: { need }, handler }, over: 'open' });
    expect(tried).toMatchObject({ matched: 3, decided: 3, earlier: [] });
    expect(
      entriesOf(tried.samples)
        .map(({ id }) => String(id))
        .sort(),
    ).toEqual(made.sort());
    expect(tried.assignees).toEqual([
      { ownerId: ids[0], teamId, count: 2 },
      { ownerId: ids[1], teamId, count: 1 },
    ]);
    expect(await api.head()).toBe(head);
  });

  it('on history, as it arrived', async () => {
    const need = unique('Kho');
    const { handler } = await team(1);
    const from = new Date(Date.now() - 1_000).toISOString();
    const edited = await arrive(need);
    (await api.admin.patch(`/v1/opportunities/${edited}`, { need: 'Khác' })).expect(200);
    const deleted = await arrive(need);
    (await api.admin.delete(`/v1/opportunities/${deleted}`)).expect(200);
    const to = new Date(Date.now() + 60_000).toISOString();
    const rule = { filter: { need }, handler };
    expect(await dryRun({ rule, over: { from, to } })).toMatchObject({ matched: 2 });
    expect(await dryRun({ rule, over: 'open' })).toMatchObject({ matched: 0 });
    expect(await dryRun({ rule, over: { from: to, to } })).toMatchObject({ looked: 0 });
  });

  it('page by page', async () => {
    const need = unique('Kho');
    const { handler } = await team(1);
    for (let n = 0; n < 5; n += 1) await arrive(need);
    const from = '2026-01-01T00:00:00Z';
    const rule = { filter: { need }, handler };
    for (const over of ['open', { from, to: '2199-01-01T00:00:00Z' }]) {
      let matched = 0;
      let cursor: object = {};
      for (;;) {
        const page = await dryRun({ rule, over, limit: 2, ...cursor });
        expect(Number(page.looked)).toBeLessThanOrEqual(2);
        matched += Number(page.matched);
        if (page.next === undefined) break;
        cursor = { cursor: page.next };
      }
      expect(matched).toBe(5);
    }
  });

  it('at its place among the rules, and tells what those before it would decide', async () => {
    const [one, other] = [unique('Kho'), unique('Nhà')];
    const { ids, handler, teamId } = await team(1);
    await arrive(one);
    await arrive(other);
    const add = async (ruleId: string, filter: object) => {
      const body = { ruleId, name: ruleId, filter, handler };
      (await api.admin.post('/v1/settings/assignment-rules', body)).expect(200);
    };
    await add('before', { need: one });
    await add('tried', { need: { $in: [one, other] } });
    expect(await dryRun({ ruleId: 'tried', over: 'open' })).toMatchObject({
      ...{ matched: 2, decided: 1 },
      earlier: [{ rule: { id: 'before', name: 'before' }, count: 1 }],
      assignees: [{ ownerId: ids[0], teamId, count: 1 }],
    });
    const unsaved = { filter: { need: { $in: [one, other] } }, handler };
    expect(await dryRun({ rule: unsaved, over: 'open' })).toMatchObject({ matched: 2, decided: 0 });
  });
});

const TURNS = { kind: 'team', method: 'round-robin' };
const BACKWARDS = { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' };

describe('A trial is refused', () => {
  const nobody = { kind: 'user', userId: '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11' };
  let rule: object;
  beforeAll(async () => {
    const { id: userId } = await api.user(['salesperson']);
    rule = { filter: {}, handler: { kind: 'user', userId } };
  });
  it.each<[string, (rule: object) => object, number, string]>([
    ['without a rule', () => ({ over: 'open' }), 400, 'ruleId'],
    ['with two', (rule) => ({ ruleId: 'a', rule, over: 'open' }), 400, 'ruleId'],
    ['of a rule that there is not', () => ({ ruleId: 'nothing', over: 'open' }), 422, 'ruleId'],
    [
      'with a condition that is not in the language',
      (rule) => ({ rule: { ...rule, filter: { need: { $where: '1' } } }, over: 'open' }),
      400,
      'rule.filter.need.$where',
    ],
    [
      'with a field that there is not',
      (rule) => ({ rule: { ...rule, filter: { nose: 1 } }, over: 'open' }),
      400,
      'rule.filter.nose',
    ],
    [
      'with nobody to give to',
      () => ({ rule: { filter: {}, handler: { kind: 'user' } }, over: 'open' }),
      400,
      'rule.handler.userId',
    ],
    [
      'with somebody who is not there',
      () => ({ rule: { filter: {}, handler: nobody }, over: 'open' }),
      422,
      'rule.handler.userId',
    ],
    [
      'with a team that is not there',
      () => ({
        rule: { filter: {}, handler: { ...TURNS, teamId: nobody.userId } },
        over: 'open',
      }),
      422,
      'rule.handler.teamId',
    ],
    [
      'with a pipeline that is not there',
      (rule) => ({ rule: { ...rule, filter: { $or: [{ pipelineId: 'x' }] } }, over: 'open' }),
      422,
      'rule.filter.$or.0.pipelineId',
    ],
    [
      'over a time that ends before it begins',
      (rule) => ({ rule, over: BACKWARDS }),
      400,
      'over.to',
    ],
    ['over nothing', (rule) => ({ rule }), 400, 'over'],
    ['over a time that is none', (rule) => ({ rule, over: { from: 'a', to: 'b' } }), 400, 'over'],
  ])('%s', async (_what, body, status, path) => {
    const answer = (await api.admin.post(PATH, body(rule))).expect(status);
    expect(entriesOf(answer.errors).map((error) => String(error.path))[0]).toMatch(
      new RegExp(`^${path.replaceAll('$', '\\$')}`),
    );
  });

  it('to whoever may not configure', async () => {
    const manager = await api.user(['manager']);
    (await manager.post(PATH, { rule, over: 'open' })).expect(403);
  });
});
