import { type Changing, refusalOf } from '../support/refusal-of.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';

let api: TestApi;
let lan: TestUser;
let teamId = '';
const NOBODY = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
beforeAll(async () => {
  api = await startApi();
  lan = await api.user(['salesperson']);
  teamId = await api.team();
  (await api.admin.post('/v1/settings/catalogues/priority/entries', { value: 'P1' })).expect(200);
});
afterAll(() => api.stop());

const refusal = (status: number, method: Changing, path: string, body?: object) =>
  refusalOf(api, status, method, path, body);
const done = async (method: Changing, path: string, body?: object) =>
  (await api.admin[method](`/v1/${path}`, body)).expect(200);

const RULES = 'settings/assignment-rules';
const rule = (ruleId: string, part: object = {}) => ({
  ...{ ruleId, name: 'Camera Ezviz', filter: { products: 'Ezviz C6T 2MP' } },
  ...{ handler: { kind: 'user', userId: lan.id }, ...part },
});

describe('an assignment rule', () => {
  it('is added, ordered, edited and retired', async () => {
    const team = { kind: 'team', teamId, method: 'round-robin', capacity: 5 };
    await done('post', RULES, rule('a'));
    await done('post', RULES, rule('b', { handler: team, filter: {} }));
    await done('put', RULES, { ruleIds: ['b', 'a'] });
    await done('patch', `${RULES}/a`, { enabled: false, name: 'Khác' });
    const { settings } = await done('delete', `${RULES}/b`);
    expect(settings?.assignmentRules).toEqual([
      { id: 'b', name: 'Camera Ezviz', filter: {}, handler: team, enabled: true, retired: true },
      {
        ...{ id: 'a', name: 'Khác', filter: { products: 'Ezviz C6T 2MP' } },
        ...{ handler: { kind: 'user', userId: lan.id }, enabled: false, retired: false },
      },
    ]);
    await done('delete', `${RULES}/a`);
  });

  it.each<[string, number, string, object, string]>([
    [
      'an unknown user',
      422,
      'unknown_reference',
      { handler: { kind: 'user', userId: NOBODY } },
      'handler.userId',
    ],
    [
      'an unknown team',
      422,
      'unknown_reference',
      { handler: { kind: 'team', teamId: NOBODY, method: 'least-loaded' } },
      'handler.teamId',
    ],
    [
      'a user who is no id',
      400,
      'invalid_fields',
      { handler: { kind: 'user', userId: 'Lan' } },
      'handler.userId',
    ],
    [
      'a user without an id',
      400,
      'invalid_fields',
      { handler: { kind: 'user' } },
      'handler.userId',
    ],
    [
      'a team without a method',
      400,
      'invalid_fields',
      { handler: { kind: 'team', teamId: NOBODY } },
      'handler.method',
    ],
    [
      'an unknown field',
      400,
      'invalid_fields',
      { filter: { $or: [{ nick: 'x' }] } },
      'filter.$or.0.nick',
    ],
    [
      'an operator that is none',
      400,
      'invalid_fields',
      { filter: { name: { $where: '1' } } },
      'filter.name.$where',
    ],
    [
      'a stage that is none',
      422,
      'unknown_reference',
      { filter: { stageId: 'none' } },
      'filter.stageId',
    ],
    [
      'a value that is none',
      422,
      'unknown_catalogue_value',
      { filter: { priority: 'P9' } },
      'filter.priority',
    ],
    ['an id that is none', 400, 'invalid_fields', { ruleId: 'A B' }, 'ruleId'],
  ])('is refused with %s', async (_what, status, code, part, path) => {
    expect(await refusal(status, 'post', RULES, rule('wrong', part))).toMatchObject({
      code,
      paths: [path],
    });
  });

  it('is refused under an id that is taken, and in an order that is not of all', async () => {
    await done('post', RULES, rule('one', { enabled: false }));
    expect(await refusal(409, 'post', RULES, rule('one', { name: 'Khác' }))).toMatchObject({
      code: 'assignment_rule_exists',
      paths: ['ruleId'],
    });
    expect(await refusal(400, 'put', RULES, { ruleIds: [] })).toMatchObject({ paths: ['ruleIds'] });
    expect((await refusal(404, 'patch', `${RULES}/none`, { name: 'x' })).code).toBe(
      'assignment_rule_not_found',
    );
    await done('delete', `${RULES}/one`);
  });

  it('checks whom it names when it is switched on, not when it is switched off', async () => {
    const gone = await api.user(['salesperson']);
    const handler = { kind: 'user', userId: gone.id };
    await done('post', RULES, rule('later', { handler, enabled: false }));
    await done('post', `users/${gone.id}/deactivation`);
    await done('patch', `${RULES}/later`, { name: 'Để sau' });
    expect(await refusal(422, 'patch', `${RULES}/later`, { enabled: true })).toMatchObject({
      paths: ['handler.userId'],
    });
    await done('delete', `${RULES}/later`);
  });
});

describe('who is told of new opportunities', () => {
  it('is people, teams and roles that there are', async () => {
    const to = [
      { kind: 'user', userId: lan.id },
      { kind: 'team', teamId },
      { kind: 'role', role: 'manager' },
    ];
    const large = { ruleId: 'large', name: 'Hợp đồng lớn', to };
    await done('post', 'settings/recipients', large);
    const filter = { 'expectedRevenue.amount': { $gte: 1_000 } };
    const { settings } = await done('patch', 'settings/recipients/large', {
      filter,
      to: to.slice(2),
    });
    expect(settings?.recipients).toMatchObject([{ id: 'large', filter, to: to.slice(2) }]);
    const unknown = { to: [to[2], { kind: 'user', userId: NOBODY }] };
    expect(await refusal(422, 'patch', 'settings/recipients/large', unknown)).toMatchObject({
      paths: ['to.1.userId'],
    });
    await done('delete', 'settings/recipients/large');
  });
});

describe('the overdue policy', () => {
  const put = 'settings/overdue-policy';

  it('is set as a whole', async () => {
    const policy = {
      entries: [{ id: 'urgent', priority: 'p1', allowedMinutes: 60, repeatHours: 4 }],
      activities: { remind: true },
    };
    const { settings } = await done('put', put, { policy, applyToOpen: true });
    expect(settings?.overduePolicy).toEqual({
      entries: [{ id: 'urgent', priority: 'P1', allowedMinutes: 60, repeatHours: 4 }],
      activities: { remind: true, graceMinutes: 0 },
    });
  });

  it('is refused with what is not there, and with entries that never apply', async () => {
    const entry = { id: 'a', allowedMinutes: 5 };
    const entries = [{ ...entry, calendarId: 'none', pipelineId: 'none' }];
    expect(await refusal(422, 'put', put, { policy: { entries } })).toMatchObject({
      code: 'unknown_reference',
      paths: ['policy.entries.0.pipelineId', 'policy.entries.0.calendarId'],
    });
    const twice = { entries: [entry, { ...entry, allowedMinutes: 7 }] };
    expect(await refusal(400, 'put', put, { policy: twice })).toMatchObject({
      paths: ['policy.entries.1.id', 'policy.entries.1'],
    });
  });
});

describe('what a rule in force names', () => {
  const IN_USE = 'in_use';

  it('is neither deactivated, dissolved nor retired until the rule lets go of it', async () => {
    const stages = [{ id: 'new', name: 'Mới' }];
    await done('post', 'settings/pipelines', {
      ...{ pipelineId: 'projects', recordType: 'opportunity', name: 'Dự án', stages },
    });
    await done('post', 'settings/calendars', {
      ...{ calendarId: 'office', name: 'Giờ hành chính', timeZone: 'Asia/Ho_Chi_Minh' },
      hours: { 1: [{ from: '08:00', to: '24:00' }] },
    });
    await done('post', 'settings/custom-fields', {
      ...{ recordType: 'opportunity', key: 'budget', type: 'number' },
      label: { en: 'Budget', vi: 'Ngân sách' },
    });
    const filter = { $and: [{ pipelineId: 'projects' }, { 'custom.budget': { $gt: 5 } }] };
    await done('post', RULES, rule('mine', { filter }));
    const to = [{ kind: 'team', teamId }];
    await done('post', 'settings/recipients', { ruleId: 'team', name: 'Đội', to });
    const entries = [{ id: 'all', priority: 'P1', calendarId: 'office', allowedMinutes: 60 }];
    await done('put', 'settings/overdue-policy', { policy: { entries } });

    const used: readonly [Changing, string, string][] = [
      ['post', `users/${lan.id}/deactivation`, 'assignmentRules.mine.handler.userId'],
      ['delete', `teams/${teamId}`, 'recipients.team.to.0.teamId'],
      ['delete', 'settings/pipelines/projects', 'assignmentRules.mine.filter.$and.0.pipelineId'],
      [
        'delete',
        'settings/custom-fields/opportunity/budget',
        'assignmentRules.mine.filter.$and.1.custom.budget',
      ],
      ['delete', 'settings/calendars/office', 'overduePolicy.entries.all.calendarId'],
      ['delete', 'settings/catalogues/priority/entries/P1', 'overduePolicy.entries.all.priority'],
    ];
    for (const [method, path, at] of used) {
      const refused = await refusal(409, method, path);
      expect(refused).toMatchObject({ code: IN_USE, paths: [at], usedBy: [{ path: at }] });
    }
    expect((await lan.get('/v1/me')).status).toBe(200);

    await done('patch', `${RULES}/mine`, { enabled: false });
    await done('delete', 'settings/recipients/team');
    await done('put', 'settings/overdue-policy', { policy: { entries: [] } });
    for (const [method, path] of used) await done(method, path);
    (await lan.get('/v1/me')).expect(401);
  });
});
