import { type Body, entriesOf } from '../support/client.js';
import { capture, convert, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const timeline = async (path: string, headers = {}): Promise<readonly Body[]> =>
  entriesOf((await api.admin.get(`${path}/timeline`, headers)).expect(200).items);

describe('a timeline', () => {
  it('tells every event, newest first, with who, when, old and new values, notes and files', async () => {
    const id = await capture(api.admin, 'leads', { givenName: 'An', jobTitle: 'Kế toán' });
    const path = `/v1/leads/${id}`;
    (await api.admin.patch(path, { jobTitle: 'Giám đốc' })).expect(200);
    (await api.admin.post(`${path}/tags`, { add: ['VIP'] })).expect(200);
    const attachments = [{ name: 'a.txt', mediaType: 'text/plain', content: 'YQ==' }];
    const staged = { stageId: 'contacted', note: 'Đã gọi.', attachments };
    (await api.admin.post(`${path}/stage`, staged)).expect(200);
    const entries = await timeline(path, { 'accept-language': 'en' });
    expect(entries.map(({ type }) => type)).toEqual([
      'LeadNoteAdded',
      'LeadStageChanged',
      'LeadTagged',
      'LeadEdited',
      'LeadCaptured',
    ]);
    const [note, , , edited] = entries;
    expect(note).toMatchObject({ note: 'Đã gọi.', attachments: [{ name: 'a.txt' }] });
    expect(edited).toMatchObject({
      actor: { name: 'Admin' },
      changes: [{ field: 'jobTitle', from: 'Kế toán', to: 'Giám đốc' }],
    });
    for (const { text, at } of entries) {
      expect(String(text).length).toBeGreaterThan(5);
      expect(Date.parse(String(at))).toBeLessThanOrEqual(Date.now());
    }
  });

  it('speaks the language that is asked for, else that of the user, and says which', async () => {
    const id = await capture(api.admin, 'leads', { givenName: 'An' });
    const texts = await Promise.all(
      ['en', 'vi', 'fr, vi;q=0.4, en;q=0.9', '*'].map(async (language) => {
        const headers = { 'accept-language': language };
        const answer = await api.admin.get(`/v1/leads/${id}/timeline`, headers);
        const [entry] = entriesOf(answer.expect(200).items);
        return [answer.headers.get('content-language'), entry?.text];
      }),
    );
    const [english, vietnamese, weighed, own] = texts;
    expect(texts.map(([language]) => language)).toEqual(['en', 'vi', 'en', 'vi']);
    expect(english?.[1]).not.toEqual(vietnamese?.[1]);
    expect(weighed).toEqual(english);
    expect(own).toEqual(vietnamese);
  });

  it('of a converted record has the history of the lead, marked with where it came from', async () => {
    const body = {
      givenName: unique('An'),
      email: uniqueEmail(),
      organisation: unique('Minh Phát'),
    };
    const leadId = await capture(api.admin, 'leads', body);
    (await api.admin.post(`/v1/leads/${leadId}/notes`, { text: 'Gọi sáng.' })).expect(201);
    const { conversion } = (await convert(api.admin, leadId)).expect(200);
    const entries = await timeline(`/v1/contacts/${conversion?.contactId}`);
    const types = entries.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['ContactCaptured', 'LeadConverted', 'LeadNoteAdded', 'LeadCaptured']),
    );
    const captured = entries.find(({ type }) => type === 'LeadCaptured');
    expect(captured?.origin).toEqual({ type: 'lead', id: leadId });
    expect(entries.find(({ type }) => type === 'ContactCaptured')).not.toHaveProperty('origin');
    const own = await timeline(`/v1/leads/${leadId}`);
    const told = own.find(({ type }) => type === 'LeadConverted');
    expect(entriesOf(told?.links).map(({ id }) => id)).toEqual(
      expect.arrayContaining([conversion?.contactId, conversion?.accountId]),
    );
  });

  it('has what happened to activities about the record', async () => {
    const id = await capture(api.admin, 'leads', { givenName: 'An' });
    const links = [{ type: 'lead', id }];
    const activity = { kind: 'task', subject: 'Gọi lại', links };
    const activityId = await capture(api.admin, 'activities', activity);
    (await api.admin.post(`/v1/activities/${activityId}/completion`)).expect(200);
    const own = await timeline(`/v1/activities/${activityId}`);
    expect(own.map(({ type }) => type)).toEqual(['ActivityCompleted', 'ActivityPlanned']);
    const types = (await timeline(`/v1/leads/${id}`)).map(({ type }) => type);
    expect(types).toEqual(['ActivityCompleted', 'ActivityPlanned', 'LeadCaptured']);
  });

  it('comes page by page, each event once', async () => {
    const id = await capture(api.admin, 'leads', { givenName: 'An' });
    const path = `/v1/leads/${id}`;
    for (let index = 0; index < 24; index++) {
      (await api.admin.post(`${path}/tags`, { add: [`tag ${index}`] })).expect(200);
    }
    const revisions: number[] = [];
    let next: string | undefined;
    do {
      const cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
      const { body } = await api.admin.get(`${path}/timeline?limit=7${cursor}`);
      revisions.push(...entriesOf(body.items).map(({ revision }) => Number(revision)));
      next = body.next;
    } while (next !== undefined);
    expect(revisions).toEqual(Array.from({ length: 25 }, (_, index) => 24 - index));
  });

  it('is refused a cursor of another record', async () => {
    const [one, other] = [
      await capture(api.admin, 'leads', { givenName: 'An' }),
      await capture(api.admin, 'leads', { givenName: 'Bình' }),
    ];
    for (const id of [one, other]) {
      (await api.admin.post(`/v1/leads/${id}/tags`, { add: ['VIP'] })).expect(200);
    }
    const { next } = (await api.admin.get(`/v1/leads/${one}/timeline?limit=1`)).expect(200);
    const cursor = encodeURIComponent(String(next));
    const refused = await api.admin.get(`/v1/leads/${other}/timeline?limit=1&cursor=${cursor}`);
    expect(refused.expect(400).errors).toMatchObject([{ path: 'cursor' }]);
  });

  it('tells of what happened when it happened, not when it was recorded', async () => {
    const occurredAt = '2017-05-04T09:00:00.000Z';
    const id = await capture(api.admin, 'leads', { givenName: 'An', occurredAt });
    const [entry] = await timeline(`/v1/leads/${id}`);
    expect(entry?.at).toBe(occurredAt);
    expect(Date.parse(String(entry?.recordedAt))).toBeGreaterThan(Date.parse('2020-01-01'));
    const path = `/v1/leads/${id}?asOf=2018-01-01T00:00:00Z`;
    (await api.admin.get(path)).expect(200);
    (await api.admin.get(`${path}&by=recorded`)).expect(404);
  });
});

it('tells who changed which settings', async () => {
  (await api.admin.patch('/v1/settings/pipelines/sales', { name: 'Bán lẻ' })).expect(200);
  const { items, before } = (await api.admin.get('/v1/settings/history?limit=1')).expect(200);
  expect(items).toMatchObject([
    {
      type: 'PipelineRenamed',
      data: { from: 'Bán hàng', to: 'Bán lẻ' },
      metadata: { actor: { kind: 'user' } },
    },
  ]);
  const older = (await api.admin.get(`/v1/settings/history?before=${before}`)).expect(200);
  const revisions = entriesOf(older.items).map(({ revision }) => Number(revision));
  expect(revisions).toEqual(
    Array.from({ length: Number(before) }, (_, index) => Number(before) - 1 - index),
  );
  expect(entriesOf(older.items).at(-1)?.type).toBe('PipelineDefined');
});
