import { type CustomFieldType, PLURALS, RECORD_TYPES, type RecordType } from '#crm';
import { entriesOf, member } from '../support/client.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';

let api: TestApi;
let lan: TestUser;
beforeAll(async () => {
  api = await startApi();
  lan = await api.user(['salesperson']);
});
afterAll(() => api.stop());

const NOBODY = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
const OPTIONS = ['Thấp', 'Cao'];

/** Of each type: a value, another, how a list is filtered by it, and one that is refused. */
interface Sample {
  readonly value: unknown;
  readonly other: unknown;
  readonly filter: (field: string) => object;
  readonly wrong: unknown;
  readonly status: 400 | 422;
}

function samples(): Readonly<Record<CustomFieldType, Sample>> {
  const equals = (value: unknown) => (field: string) => ({ [field]: value });
  const money = { amount: 25_000_000, currency: 'VND' };
  return {
    text: { value: 'Đỏ', other: 'Xanh', filter: equals('Đỏ'), wrong: 5, status: 400 },
    number: {
      ...{ value: 2.5, other: -1, wrong: 'hai', status: 400 },
      filter: (field) => ({ [field]: { $gt: 2 } }),
    },
    money: {
      ...{ value: money, other: { ...money, amount: 1 }, status: 400 },
      ...{ wrong: { amount: 0.5, currency: 'VND' } },
      filter: (field) => ({ [`${field}.amount`]: { $gte: 25_000_000 } }),
    },
    date: {
      ...{ value: '2026-12-31', other: '2027-01-01', wrong: '31/12/2026', status: 400 },
      filter: (field) => ({ [field]: { $lt: '2027-01-01' } }),
    },
    select: { value: 'Cao', other: 'Thấp', filter: equals('Cao'), wrong: 'Vừa', status: 400 },
    'multi-select': {
      ...{ value: OPTIONS, other: ['Cao'], wrong: ['Cao', 'Vừa'], status: 400 },
      filter: (field) => ({ [field]: { $all: ['Thấp'] } }),
    },
    boolean: { value: true, other: false, filter: equals(true), wrong: 'có', status: 400 },
    user: { value: lan.id, other: null, filter: equals(lan.id), wrong: NOBODY, status: 422 },
  };
}

const NAMES: Readonly<Record<RecordType, object>> = {
  lead: { givenName: 'An' },
  opportunity: { name: 'Camera' },
  contact: { givenName: 'An' },
  account: { name: 'Minh Phát' },
};

describe.each(RECORD_TYPES)('custom fields of %s', (recordType) => {
  const plural = `/v1/${PLURALS[recordType]}`;
  const define = async (key: string, type: string, part: object = {}) => {
    const label = { en: key, vi: key };
    const options = type.endsWith('select') ? { options: OPTIONS } : {};
    const body = { recordType, key, type, label, ...options, ...part };
    (await api.admin.post('/v1/settings/custom-fields', body)).expect(200);
  };

  it.each<CustomFieldType>([
    'text',
    'number',
    'money',
    'date',
    'select',
    'multi-select',
    'boolean',
    'user',
  ])(
    'of type %s are captured, shown, filtered by, edited, and refused when wrong',
    async (type) => {
      const key = `of_${type.replace('-', '_')}`;
      await define(key, type);
      const { value, other, filter, wrong, status } = samples()[type];
      const body = { ...NAMES[recordType], custom: { [key]: value } };
      const captured = (await api.admin.post(plural, body)).expect(201);
      const id = member(captured, 'id');
      const shown = async () => (await api.admin.get(`${plural}/${id}`)).expect(200).custom ?? {};
      expect(await shown()).toEqual({ [key]: value });

      const query = new URLSearchParams({
        filter: JSON.stringify(filter(`custom.${key}`)),
        after: String(captured.position),
      });
      const found = entriesOf((await api.admin.get(`${plural}?${query}`)).expect(200).items);
      expect(found.map((item) => item.id)).toEqual([id]);

      (await api.admin.patch(`${plural}/${id}`, { custom: { [key]: other } })).expect(200);
      expect(await shown()).toEqual(other === null ? {} : { [key]: other });

      const head = await api.head();
      for (const refused of [
        await api.admin.patch(`${plural}/${id}`, { custom: { [key]: wrong } }),
        await api.admin.post(plural, { ...body, custom: { [key]: wrong } }),
      ]) {
        const [error] = entriesOf(refused.expect(status).errors);
        expect(String(error?.path)).toMatch(new RegExp(`^custom\\.${key}`));
      }
      expect(await api.head()).toBe(head);
    },
  );

  it('that are required must be filled, and that are retired take nothing', async () => {
    await define('must', 'text', { required: true });
    expect((await api.admin.post(plural, NAMES[recordType])).expect(422)).toMatchObject({
      code: 'required_fields',
      errors: [{ path: 'custom.must' }],
    });
    const body = { ...NAMES[recordType], custom: { must: 'x' } };
    const id = member((await api.admin.post(plural, body)).expect(201), 'id');
    (await api.admin.delete(`/v1/settings/custom-fields/${recordType}/must`)).expect(200);
    expect((await api.admin.post(plural, body)).expect(400).errors).toMatchObject([
      { path: 'custom.must', code: 'unknown_field' },
    ]);
    expect((await api.admin.get(`${plural}/${id}`)).expect(200).custom).toEqual({ must: 'x' });
  });

  it('keep somebody who has gone since', async () => {
    await define('caretaker', 'user');
    const gone = await api.user(['salesperson']);
    const custom = { caretaker: gone.id };
    const answer = await api.admin.post(plural, { ...NAMES[recordType], custom });
    const id = member(answer.expect(201), 'id');
    (await api.admin.post(`/v1/users/${gone.id}/deactivation`)).expect(200);
    (await api.admin.patch(`${plural}/${id}`, { custom })).expect(200);
    (await api.admin.post(plural, { ...NAMES[recordType], custom })).expect(422);
  });
});
