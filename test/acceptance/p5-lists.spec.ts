import { CUSTOM_FIELD_TYPES, FIELD_CATALOGUE, type JsonObject } from '#crm';
import { entriesOf, member } from '../support/client.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
let contactId = '';
let accountId = '';
let id = '';

/** A value of each type of custom field. */
const CUSTOM: Readonly<Record<(typeof CUSTOM_FIELD_TYPES)[number], unknown>> = {
  text: 'Tầng 5',
  number: 12.5,
  money: { amount: 700, currency: 'USD' },
  date: '2026-05-01',
  select: 'Cao',
  'multi-select': ['Cao', 'Thấp'],
  boolean: true,
  user: '',
};
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  select: ['Cao', 'Thấp'],
  'multi-select': ['Cao', 'Thấp'],
};
const keyOf = (type: string) => `of_${type.replace('-', '_')}`;

beforeAll(async () => {
  api = await startApi();
  for (const type of CUSTOM_FIELD_TYPES) {
    const label = { en: type, vi: type };
    const options = OPTIONS[type];
    const field = { recordType: 'opportunity', key: keyOf(type), type, label };
    const body = { ...field, ...(options && { options }) };
    (await api.admin.post('/v1/settings/custom-fields', body)).expect(200);
  }
  const created = async (path: string, body: object) =>
    member((await api.admin.post(path, body)).expect(201), 'id');
  contactId = await created('/v1/contacts', { familyName: 'Trần', givenName: 'An' });
  accountId = await created('/v1/accounts', { name: 'Minh Phát' });
  const me = member((await api.admin.get('/v1/me')).expect(200), 'id');
  const fields = Object.fromEntries(
    FIELD_CATALOGUE.opportunity.map(({ name, example }) => [name, example]),
  );
  const custom = Object.fromEntries(
    CUSTOM_FIELD_TYPES.map((type) => [keyOf(type), type === 'user' ? me : CUSTOM[type]]),
  );
  const body = { ...fields, contactId, accountId, custom, ownerId: me, tags: ['VIP'] };
  id = await created('/v1/opportunities', body);
  await created('/v1/opportunities', { name: 'Khác' });
});
afterAll(() => api.stop());

async function found(filter: JsonObject, sort = '-createdAt'): Promise<readonly string[]> {
  const text = encodeURIComponent(JSON.stringify(filter));
  const answer = await api.admin.get(`/v1/opportunities?filter=${text}&sort=${sort}`);
  return entriesOf(answer.expect(200).items).map((record) => member(record, 'id'));
}

/** Conditions that the value meets and an empty field does not. */
function conditionsOn(field: string, value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return [{ [field]: value[0] }, { [field]: { $in: [...value, 'x'] } }];
  if (typeof value === 'object' && value !== null) {
    return [
      { [field]: { $exists: true } },
      ...Object.entries(value).flatMap(([part, of]) => conditionsOn(`${field}.${part}`, of)),
    ];
  }
  const equal: readonly JsonObject[] = [{ [field]: value as string }, { [field]: { $ne: null } }];
  return typeof value === 'boolean'
    ? equal
    : [...equal, { [field]: { $gte: value as string, $lte: value as string } }];
}

it.each(FIELD_CATALOGUE.opportunity.map(({ name }) => name))(
  'finds opportunities by their field %s, and sorts by it where it has an order',
  async (name) => {
    const record = (await api.admin.get(`/v1/opportunities/${id}`)).expect(200);
    const conditions = conditionsOn(name, record[name]);
    expect(conditions.length).toBeGreaterThan(1);
    for (const condition of conditions) {
      // Every opportunity has a name, and a probability by its stage.
      const isOthersToo =
        JSON.stringify(condition).includes('$ne') && /^(?:name|probability)$/.test(name);
      expect([condition, (await found(condition)).includes(id)]).toEqual([condition, true]);
      expect(await found(condition)).toHaveLength(isOthersToo ? 2 : 1);
      expect(await found({ $nor: [condition] })).toHaveLength(isOthersToo ? 0 : 1);
    }
  },
);

it.each(CUSTOM_FIELD_TYPES)('finds opportunities by a custom field of type %s', async (type) => {
  const { custom } = (await api.admin.get(`/v1/opportunities/${id}`)).expect(200);
  const field = `custom.${keyOf(type)}`;
  const conditions = conditionsOn(field, custom?.[keyOf(type)]);
  expect(conditions.length).toBeGreaterThan(1);
  for (const condition of conditions)
    expect([condition, await found(condition)]).toEqual([condition, [id]]);
});

it('finds them by what commands other than editing give them, and by days relative to today', async () => {
  const record = (await api.admin.get(`/v1/opportunities/${id}`)).expect(200);
  const conditions: readonly JsonObject[] = [
    { status: 'open', pipelineId: 'sales', stageId: 'prospecting' },
    { stageSince: { $gte: { $daysAgo: 1 } }, createdAt: { $lte: { $now: true } } },
    { probabilityBy: 'hand' },
    { tags: 'VIP' },
    { ownerId: member(record, 'ownerId') },
    { name: { $regex: 'CAMERA', $options: 'i' } },
    { $or: [{ 'expectedRevenue.amount': { $gt: 25_000_000 } }, { tags: { $all: ['VIP'] } }] },
  ];
  for (const condition of conditions)
    expect([condition, await found({ $and: [condition, { tags: 'VIP' }] })]).toEqual([
      condition,
      [id],
    ]);
  expect(await found({}, '-expectedRevenue.amount,name')).toHaveLength(2);
  expect((await found({}, '-custom.of_money.amount'))[0]).toBe(id);
});

it.each([
  ['a field that there is not', { nick: 1 }, 'filter.nick'],
  ['a custom field that there is not', { 'custom.nick': 1 }, 'filter.custom.nick'],
  ['what serves look-ups alone', { search: 'x' }, 'filter.search'],
  [
    'a part of money that there is not',
    { 'expectedRevenue.cents': 1 },
    'filter.expectedRevenue.cents',
  ],
  ['a day that is none', { expectedCloseDate: { $gte: 'soon' } }, 'filter.expectedCloseDate.$gte'],
])('refuses to filter by %s', async (_what, filter, path) => {
  const text = encodeURIComponent(JSON.stringify(filter));
  const refused = await api.admin.get(`/v1/opportunities?filter=${text}`);
  expect(refused.expect(400).errors).toMatchObject([{ path }]);
});
