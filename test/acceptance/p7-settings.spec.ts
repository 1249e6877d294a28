import { type Body, entriesOf, member } from '../support/client.js';
import { type Changing, refusalOf } from '../support/refusal-of.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';

let api: TestApi;
let seller: TestUser;
beforeAll(async () => {
  api = await startApi();
  seller = await api.user(['salesperson']);
});
afterAll(() => api.stop());

const HIGH = { value: 'P1', label: { en: 'High', vi: 'Cao' } };
const OFFICE = {
  calendarId: 'office',
  name: 'Giờ hành chính',
  timeZone: 'Asia/Ho_Chi_Minh',
  hours: { 1: [{ from: '08:00', to: '12:00' }] },
};
const settings = async (query = ''): Promise<Body> =>
  (await api.admin.get(`/v1/settings${query}`)).expect(200);

const refusal = (status: number, method: Changing, path: string, body?: object) =>
  refusalOf(api, status, method, `settings/${path}`, body);

describe('settings', () => {
  it('are set up by whoever may configure, and read by everybody', async () => {
    const { headers, body } = await api.admin.post('/v1/settings/calendars', OFFICE);
    expect(headers.get('etag')).toBe(`"${body.revision}"`);
    expect(body.settings).toMatchObject({
      calendars: [{ id: 'office', holidays: [], retired: false }],
    });
    expect((await seller.get('/v1/settings')).expect(200).calendars).toEqual(
      (body.settings as Body).calendars,
    );
    for (const [path, sent] of [
      ['calendars', OFFICE],
      ['catalogues/priority/entries', HIGH],
      ['recipients', { ruleId: 'a', name: 'a', to: [] }],
    ] as const) {
      (await seller.post(`/v1/settings/${path}`, sent)).expect(403);
    }
    (await seller.put('/v1/settings/overdue-policy', { policy: { entries: [] } })).expect(403);
  });

  it('are changed once under one key, and not at all at another version', async () => {
    const once = { 'idempotency-key': 'night' };
    const night = { ...OFFICE, calendarId: 'night', name: 'Ca đêm' };
    const first = (await api.admin.post('/v1/settings/calendars', night, once)).expect(200);
    const again = (await api.admin.post('/v1/settings/calendars', night, once)).expect(200);
    expect(again.position).toBe(first.position);
    const stale = { 'if-match': '"0"' };
    (await api.admin.patch('/v1/settings/calendars/night', { name: 'x' }, stale)).expect(412);
    (await api.admin.delete('/v1/settings/calendars/night')).expect(200);
  });

  it('tell who changed what when, and how they stood before', async () => {
    const before = await api.head();
    (await api.admin.patch('/v1/settings/general', { timeZone: 'Europe/Berlin' })).expect(200);
    (await api.admin.patch('/v1/settings/general', { timeZone: 'Asia/Singapore' })).expect(200);
    const { items, before: next } = (await api.admin.get('/v1/settings/history?limit=2')).expect(
      200,
    );
    const change = { field: 'timeZone', from: 'Europe/Berlin', to: 'Asia/Singapore' };
    expect(entriesOf(items)).toMatchObject([
      { type: 'GeneralSettingsChanged', data: { changes: [change] } },
      { type: 'GeneralSettingsChanged' },
    ]);
    const [latest, previous] = entriesOf(items);
    expect(latest?.metadata?.actor).toEqual({
      kind: 'user',
      id: api.ledger.people.activeAdmins()[0],
    });
    const older = (await api.admin.get(`/v1/settings/history?limit=1&before=${next}`)).expect(200);
    expect(entriesOf(older.items)[0]?.revision).toBe(Number(next) - 1);

    expect((await settings(`?asOf=position:${before}`)).timeZone).toBe('Asia/Ho_Chi_Minh');
    expect((await settings(`?asOf=position:${previous?.position}`)).timeZone).toBe('Europe/Berlin');
    const recordedAt = String(latest?.metadata?.recordedAt);
    expect((await settings(`?asOf=${recordedAt}&by=recorded`)).timeZone).toBe('Asia/Singapore');
    const [first] = entriesOf((await settings('?asOf=2020-01-01T00:00:00Z')).pipelines);
    expect(first).toBeUndefined();
    expect((await api.admin.get('/v1/settings?asOf=yesterday')).expect(400).errors).toMatchObject([
      { path: 'asOf' },
    ]);
    (await seller.get('/v1/settings/history')).expect(403);
  });

  it('take no unknown time zone, no overlapping hours and no day that is none', async () => {
    const bad = {
      calendarId: 'bad',
      name: 'x',
      timeZone: 'Mars/Olympus',
      hours: {
        2: [
          { from: '08:00', to: '12:00' },
          { from: '11:00', to: '13:00' },
        ],
      },
      holidays: [{ date: '2026-02-30', name: 'x' }],
    };
    expect(await refusal(400, 'post', 'calendars', bad)).toMatchObject({
      code: 'invalid_fields',
      paths: ['timeZone', 'hours.2.1.from', 'holidays.0.date'],
    });
    expect(await refusal(400, 'patch', 'calendars/office', { hours: { 8: [] } })).toMatchObject({
      paths: ['hours.8'],
    });
  });
});

describe('what was retired by mistake', () => {
  const stages = [
    { id: 'new', name: 'Mới' },
    { id: 'offer', name: 'Báo giá' },
  ];
  const pipeline = { recordType: 'opportunity', name: 'Dịch vụ', pipelineId: 'services', stages };

  it('is brought back, and takes records again', async () => {
    (await api.admin.post('/v1/settings/pipelines', pipeline)).expect(200);
    const place = { name: 'Bảo trì', pipelineId: 'services', stageId: 'offer' };
    for (const path of ['pipelines/services/stages/offer', 'pipelines/services']) {
      (await api.admin.delete(`/v1/settings/${path}`)).expect(200);
      (await api.admin.post('/v1/opportunities', place)).expect(422);
      (await seller.post(`/v1/settings/${path}/restoration`)).expect(403);
      (await api.admin.post(`/v1/settings/${path}/restoration`)).expect(200);
      (await api.admin.post('/v1/opportunities', place)).expect(201);
    }
    const { items } = (await api.admin.get('/v1/settings/history?limit=1')).expect(200);
    expect(entriesOf(items)).toMatchObject([
      { type: 'PipelineRestored', data: { pipelineId: 'services' } },
    ]);
  });

  it('is not brought back, nor anything set up, under a name that is taken', async () => {
    const named = { ...pipeline, pipelineId: 'again', name: ' dịch VỤ' };
    expect(await refusal(409, 'post', 'pipelines', named)).toEqual({
      code: 'duplicate_name',
      paths: ['name'],
    });
    const stage = { stage: { id: 'again', name: 'báo giá' } };
    expect(await refusal(400, 'post', 'pipelines/services/stages', stage)).toMatchObject({
      paths: ['stage.name'],
    });
    (await api.admin.delete('/v1/settings/pipelines/services')).expect(200);
    (await api.admin.post('/v1/settings/pipelines', named)).expect(200);
    expect(await refusal(409, 'post', 'pipelines/services/restoration')).toMatchObject({
      code: 'duplicate_name',
    });
    (await api.admin.delete('/v1/settings/pipelines/again')).expect(200);
  });
});

describe('a catalogue', () => {
  const entries = '/v1/settings/catalogues/priority/entries';
  const capture = (fields: object) =>
    api.admin.post('/v1/opportunities', { name: 'Camera', ...fields });
  const priorityOf = async (id: string) =>
    (await api.admin.get(`/v1/opportunities/${id}`)).expect(200).priority;

  it('takes any text until it has entries, then theirs, by value or label', async () => {
    const before = member((await capture({ priority: 'gì cũng được' })).expect(201), 'id');
    (await api.admin.post(entries, HIGH)).expect(200);
    (await api.admin.post(entries, { value: 'Thấp / Low', index: 0 })).expect(200);
    const id = member((await capture({ priority: ' CAO ' })).expect(201), 'id');
    expect(await priorityOf(id)).toBe('P1');

    const head = await api.head();
    for (const refused of [
      await capture({ priority: 'Khẩn' }),
      await api.admin.patch(`/v1/opportunities/${id}`, { priority: 'Khẩn' }),
    ]) {
      expect(refused.expect(422)).toMatchObject({
        code: 'unknown_catalogue_value',
        errors: [{ path: 'priority' }],
        values: { priority: ['Thấp / Low', 'P1'] },
      });
    }
    expect(await api.head()).toBe(head);
    // What was there before is edited and stays.
    const edit = { priority: 'gì cũng được', need: 'Camera' };
    (await api.admin.patch(`/v1/opportunities/${before}`, edit)).expect(200);
    expect(await priorityOf(before)).toBe('gì cũng được');
  });

  it('retires an entry that records keep, in whatever letters its value is', async () => {
    const low = `${entries}/${encodeURIComponent('Thấp / Low')}`;
    const id = member((await capture({ priority: 'thấp / low' })).expect(201), 'id');
    (await api.admin.delete(low)).expect(200);
    expect(await priorityOf(id)).toBe('Thấp / Low');
    (await capture({ priority: 'Thấp / Low' })).expect(422);
    (await api.admin.patch(low, { label: { en: 'Low', vi: 'Thấp' } })).expect(200);
    (await api.admin.post(`${low}/restoration`)).expect(200);
    (await capture({ priority: 'thấp' })).expect(201);
    (await api.admin.put(entries, { values: ['P1', 'Thấp / Low'] })).expect(200);
    expect(entriesOf((await settings()).catalogues?.priority)).toMatchObject([
      HIGH,
      { label: { vi: 'Thấp' } },
    ]);
  });

  it('has entries with values of any length that records take', async () => {
    const value = 'ệ'.repeat(255);
    (await api.admin.post('/v1/settings/catalogues/situation/entries', { value })).expect(200);
    const path = `catalogues/situation/entries/${encodeURIComponent(value)}`;
    (await api.admin.delete(`/v1/settings/${path}`)).expect(200);
    expect((await refusal(404, 'delete', `${path}x`)).code).toBe('catalogue_entry_not_found');
  });

  it('of reasons is asked at a loss, of leads and opportunities, and in a change of stage', async () => {
    const price = { value: 'Giá cao' };
    (await api.admin.post('/v1/settings/catalogues/lost-reason/entries', price)).expect(200);
    const lead = member((await api.admin.post('/v1/leads', { givenName: 'An' })).expect(201), 'id');
    const opportunity = member((await capture({})).expect(201), 'id');
    for (const path of [`/v1/leads/${lead}`, `/v1/opportunities/${opportunity}`]) {
      const stage = { stageId: 'lost', reason: 'Chán' };
      for (const refused of [
        await api.admin.post(`${path}/loss`, { reason: 'Chán' }),
        await api.admin.post(`${path}/stage`, stage),
      ]) {
        expect(refused.expect(422)).toMatchObject({
          code: 'unknown_catalogue_value',
          values: { reason: ['Giá cao'] },
        });
      }
      (await api.admin.post(`${path}/loss`, { reason: 'GIÁ  cao' })).expect(200);
      expect((await api.admin.get(path)).expect(200).lostReason).toBe('Giá cao');
    }
  });
});
