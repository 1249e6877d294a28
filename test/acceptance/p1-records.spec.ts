import { entriesOf, member } from '../support/client.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const KINDS = [
  ['leads', { familyName: 'Nguyễn Gia', givenName: 'Khương' }, { jobTitle: 'Trưởng phòng' }],
  ['opportunities', { name: 'Camera Minh Phát' }, { need: 'Camera cho cửa hàng' }],
  ['contacts', { familyName: 'Trần', givenName: 'An' }, { jobTitle: 'Kế toán' }],
  ['accounts', { name: 'Công ty TNHH Minh Phát' }, { website: 'https://minhphat.example.vn' }],
] as const;

describe.each(KINDS)('%s', (plural, values, edit) => {
  const capture = async (body: object = values) => {
    const answer = await api.admin.post(`/v1/${plural}`, body);
    const id = member(answer.expect(201), 'id');
    return { id, path: `/v1/${plural}/${id}`, answer };
  };

  it('are captured at an address, and read back by whoever captured them at once', async () => {
    const { id, path, answer } = await capture({ ...values, tags: ['VIP'] });
    expect(answer.headers.get('location')).toBe(path);
    expect(answer.headers.get('etag')).toBe('"0"');
    const got = await api.admin.get(path);
    expect(got.expect(200)).toMatchObject({ ...values, id, tags: ['VIP'], revision: 0 });
    expect(got.headers.get('etag')).toBe('"0"');
  });

  it('are edited field by field, and emptied by null', async () => {
    const { path } = await capture();
    expect((await api.admin.patch(path, edit)).expect(200).revision).toBe(1);
    expect((await api.admin.get(path)).body).toMatchObject({ ...values, ...edit });
    const [name = ''] = Object.keys(edit);
    (await api.admin.patch(path, { [name]: null })).expect(200);
    expect((await api.admin.get(path)).body).not.toHaveProperty(name);
  });

  it('are tagged, and tags are taken off', async () => {
    const { path } = await capture({ ...values, tags: ['cũ'] });
    (await api.admin.post(`${path}/tags`, { add: ['VIP'], remove: ['cũ'] })).expect(200);
    expect((await api.admin.get(path)).body.tags).toEqual(['VIP']);
  });

  it('are given to a user and a team, and a side left out stays', async () => {
    const [user, teamId] = await Promise.all([api.user(['salesperson']), api.team()]);
    const { path } = await capture();
    (await api.admin.post(`${path}/assignment`, { ownerId: user.id, teamId })).expect(200);
    (await api.admin.post(`${path}/assignment`, { ownerId: null })).expect(200);
    const { body } = await api.admin.get(path);
    expect(body.teamId).toBe(teamId);
    expect(body).not.toHaveProperty('ownerId');
  });

  it('are not given to somebody who is not there', async () => {
    const { id, path } = await capture();
    const refused = await api.admin.post(`${path}/assignment`, { ownerId: id });
    expect(refused.expect(422).errors).toMatchObject([{ path: 'ownerId' }]);
  });

  it('carry notes that can be rewritten and taken away', async () => {
    const { path } = await capture();
    const text = 'Khách thích mẫu C6T.\nGọi lại thứ Hai.';
    const { noteId } = (await api.admin.post(`${path}/notes`, { text })).expect(201);
    const notes = async () => entriesOf((await api.admin.get(`${path}/notes`)).expect(200).items);
    expect(await notes()).toMatchObject([{ id: noteId, text }]);
    (await api.admin.patch(`${path}/notes/${noteId}`, { text: 'Mẫu C8C.' })).expect(200);
    expect(await notes()).toMatchObject([{ id: noteId, text: 'Mẫu C8C.' }]);
    (await api.admin.delete(`${path}/notes/${noteId}`)).expect(200);
    expect(await notes()).toEqual([]);
    (await api.admin.patch(`${path}/notes/${noteId}`, { text: 'Sau.' })).expect(404);
  });

  it('carry files that come back byte by byte, and are never run by a browser', async () => {
    const { path } = await capture();
    const content = Buffer.from([0, 255, 10, 13, 200, 1]);
    const file = { name: 'báo giá "1".pdf', mediaType: 'application/pdf' };
    const attachments = [{ ...file, content: content.toString('base64') }];
    (await api.admin.post(`${path}/attachments`, { attachments })).expect(200);
    const [kept] = entriesOf((await api.admin.get(`${path}/attachments`)).expect(200).items);
    expect(kept).toMatchObject({ ...file, size: content.length });
    const answer = await fetch(`${api.url}${path}/attachments/${kept?.id}`, {
      headers: { authorization: `Bearer ${api.admin.token}` },
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; .*b%C3%A1o%20gi%C3%A1/);
    (await api.admin.delete(`${path}/attachments/${kept?.id}`)).expect(200);
    (await api.admin.get(`${path}/attachments/${kept?.id}`)).expect(404);
  });

  it.each([
    ['a page that a browser would run', { mediaType: 'text/html' }, 'mediaType'],
    ['a name with a folder in it', { name: '../../etc/passwd' }, 'name'],
    ['a content that is not base64', { content: 'no base64!' }, 'content'],
    ['an empty content', { content: '' }, 'content'],
  ])('refuse %s', async (_what, wrong, at) => {
    const { path } = await capture();
    const file = { name: 'a.txt', mediaType: 'text/plain', content: 'YQ==', ...wrong };
    const head = await api.head();
    const refused = await api.admin.post(`${path}/attachments`, { attachments: [file] });
    expect(refused.expect(400).errors).toMatchObject([{ path: `attachments.0.${at}` }]);
    expect(await api.head()).toBe(head);
  });

  it('are deleted with their history kept, hidden from lists, and restored', async () => {
    const { id, path } = await capture();
    (await api.admin.delete(path, { reason: 'Trùng' })).expect(200);
    expect((await api.admin.get(path)).body.status).toBe('deleted');
    (await api.admin.patch(path, edit)).expect(409);
    const listed = async (filter: object) =>
      entriesOf(
        (
          await api.admin.get(`/v1/${plural}?filter=${encodeURIComponent(JSON.stringify(filter))}`)
        ).expect(200).items,
      );
    expect(await listed({ id })).toEqual([]);
    expect(await listed({ id, status: 'deleted' })).toMatchObject([{ id }]);
    (await api.admin.post(`${path}/restore`)).expect(200);
    expect(await listed({ id })).toMatchObject([{ id }]);
  });

  it('stand as they stood at a position and at a moment', async () => {
    const { path, answer } = await capture();
    const [name = '', value] = Object.entries(edit)[0] ?? [];
    (await api.admin.patch(path, { [name]: value })).expect(200);
    for (const position of [`position:${answer.body.position}`, `${answer.body.position}`]) {
      const then = await api.admin.get(`${path}?asOf=${position}`);
      expect(then.expect(200)).not.toHaveProperty(name);
      expect(then.headers.get('etag')).toBe('"0"');
    }
    const now = await api.admin.get(`${path}?asOf=${new Date().toISOString()}&by=recorded`);
    expect(now.expect(200)[name]).toBe(value);
    (await api.admin.get(`${path}?asOf=2001-01-01T00:00:00Z`)).expect(404);
  });

  it('tell which event gave each value', async () => {
    const { path } = await capture();
    (await api.admin.patch(path, edit)).expect(200);
    const items = entriesOf((await api.admin.get(`${path}/provenance`)).expect(200).items);
    const [edited = ''] = Object.keys(edit);
    const [captured = ''] = Object.keys(values);
    expect(items.find(({ field }) => field === edited)).toMatchObject({ revision: 1 });
    expect(items.find(({ field }) => field === captured)).toMatchObject({ revision: 0 });
  });
});

describe('activities', () => {
  const lead = async () => {
    const { id } = (await api.admin.post('/v1/leads', KINDS[0][1])).expect(201);
    return { type: 'lead', id };
  };
  const plan = async (links: readonly object[]) => {
    const activity = { kind: 'task', subject: 'Gọi lại', links };
    const id = member((await api.admin.post('/v1/activities', activity)).expect(201), 'id');
    return { id, path: `/v1/activities/${id}` };
  };

  it('are planned about records, and listed there', async () => {
    const [link, other] = [await lead(), await lead()];
    const { id, path } = await plan([other]);
    (await api.admin.post(`${path}/links`, link)).expect(200);
    const planned = (await api.admin.get(path)).expect(200);
    expect(planned).toMatchObject({ status: 'planned', links: [other, link] });
    const around = async () =>
      entriesOf((await api.admin.get(`/v1/leads/${link.id}/activities`)).expect(200).items);
    expect(await around()).toMatchObject([{ id }]);
    (await api.admin.delete(`${path}/links`, link)).expect(200);
    expect(await around()).toEqual([]);
  });

  it('are done, reopened, moved, cancelled, given away, deleted and restored', async () => {
    const { path } = await plan([await lead()]);
    const user = await api.user(['salesperson']);
    const status = async () => (await api.admin.get(path)).expect(200).status;
    (await api.admin.post(`${path}/completion`, { outcome: 'Đã hẹn.' })).expect(200);
    expect(await status()).toBe('done');
    (await api.admin.post(`${path}/reopening`)).expect(200);
    const dueAt = '2027-01-04T09:00:00+07:00';
    (await api.admin.post(`${path}/due`, { dueAt })).expect(200);
    expect((await api.admin.get(path)).body.dueAt).toBe('2027-01-04T02:00:00.000Z');
    (await api.admin.post(`${path}/assignment`, { assigneeId: user.id })).expect(200);
    (await api.admin.patch(path, { subject: 'Gọi lại lần hai' })).expect(200);
    (await api.admin.post(`${path}/cancellation`, { reason: 'Khách bận.' })).expect(200);
    expect(await status()).toBe('cancelled');
    (await api.admin.delete(path)).expect(200);
    expect(await status()).toBe('deleted');
    (await api.admin.post(`${path}/restore`)).expect(200);
    expect(await status()).toBe('cancelled');
  });
});

describe('stages and outcomes', () => {
  const opportunity = async () => {
    const { id } = (await api.admin.post('/v1/opportunities', { name: 'Camera' })).expect(201);
    return `/v1/opportunities/${id}`;
  };

  it('record a change of stage with its note and file in one command', async () => {
    const path = await opportunity();
    const attachments = [{ name: 'a.txt', mediaType: 'text/plain', content: 'YQ==' }];
    const body = { stageId: 'proposal', note: 'Đã gửi báo giá.', attachments };
    (await api.admin.post(`${path}/stage`, body)).expect(200);
    expect((await api.admin.get(path)).body.stageId).toBe('proposal');
    const [note] = entriesOf((await api.admin.get(`${path}/notes`)).body.items);
    expect(note).toMatchObject({ text: 'Đã gửi báo giá.', attachments: [{ name: 'a.txt' }] });
  });

  it('win with the revenue, lose with a reason, and reopen', async () => {
    const path = await opportunity();
    const expectedRevenue = { amount: 25_000_000, currency: 'VND' };
    (await api.admin.post(`${path}/win`, { expectedRevenue })).expect(200);
    expect((await api.admin.get(path)).body).toMatchObject({ status: 'won', expectedRevenue });
    (await api.admin.post(`${path}/reopening`, { reason: 'Nhầm.' })).expect(200);
    (await api.admin.post(`${path}/loss`, {})).expect(400);
    (await api.admin.post(`${path}/loss`, { reason: 'Giá cao' })).expect(200);
    expect((await api.admin.get(path)).body).toMatchObject({
      status: 'lost',
      lostReason: 'Giá cao',
    });
  });

  it('refuse a stage that is not there', async () => {
    const refused = await api.admin.post(`${await opportunity()}/stage`, { stageId: 'nowhere' });
    expect(refused.expect(422).errors).toMatchObject([{ path: 'stageId' }]);
  });
});

describe('a capture', () => {
  it('lists strong duplicates with what they share, and not itself', async () => {
    const email = 'trung.lap@example.vn';
    const first = (await api.admin.post('/v1/leads', { givenName: 'A', email })).expect(201);
    const body = { givenName: 'B', email: 'TRUNG.LAP@example.vn' };
    const second = (await api.admin.post('/v1/leads', body)).expect(201);
    expect(second.duplicates).toEqual([{ type: 'lead', id: first.id, keys: ['email'] }]);
  });

  it('may say when it happened, with the right to import alone, and not in the future', async () => {
    const occurredAt = '2017-05-04T09:00:00+07:00';
    const { id } = (await api.admin.post('/v1/leads', { givenName: 'Cũ', occurredAt })).expect(201);
    const { body } = await api.admin.get(`/v1/leads/${id}`);
    expect(body.createdAt).toBe('2017-05-04T02:00:00.000Z');
    const seller = await api.user(['salesperson']);
    (await seller.post('/v1/leads', { givenName: 'Cũ', occurredAt })).expect(403);
    const later = new Date(Date.now() + 60_000).toISOString();
    const refused = await api.admin.post('/v1/leads', { givenName: 'Mai', occurredAt: later });
    expect(refused.expect(400).errors).toMatchObject([
      { path: 'occurredAt', code: 'in_the_future' },
    ]);
  });

  it('takes custom fields as soon as they are defined, and refuses others by name', async () => {
    const label = { en: 'Budget', vi: 'Ngân sách' };
    const field = { recordType: 'lead', key: 'budget', type: 'money', label };
    (await api.admin.post('/v1/settings/custom-fields', field)).expect(200);
    const custom = { budget: { amount: 5_000_000, currency: 'VND' } };
    const { id } = (await api.admin.post('/v1/leads', { givenName: 'Có', custom })).expect(201);
    expect((await api.admin.get(`/v1/leads/${id}`)).body.custom).toEqual(custom);
    const refused = await api.admin.post('/v1/leads', { custom: { colour: 'red' } });
    expect(refused.expect(400).errors).toMatchObject([
      { path: 'custom.colour', code: 'unknown_field' },
    ]);
  });
});
