import { entriesOf, member } from '../support/client.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  const stages = [
    { id: 'survey', name: 'Khảo sát', probability: 25 },
    {
      ...{ id: 'design', name: 'Thiết kế', probability: 50 },
      requiredFields: ['expectedRevenue', 'custom.siteArea'],
    },
    { id: 'won', name: 'Thành công', marker: 'won' },
  ];
  const siteArea = { key: 'siteArea', type: 'number', label: { en: 'Area', vi: 'Diện tích' } };
  const field = { recordType: 'opportunity', ...siteArea };
  (await api.admin.post('/v1/settings/custom-fields', field)).expect(200);
  const projects = { pipelineId: 'projects', recordType: 'opportunity', name: 'Dự án', stages };
  (await api.admin.post('/v1/settings/pipelines', projects)).expect(200);
});
afterAll(() => api.stop());

const HOUR = 3_600_000;
const at = (hour: number) =>
  new Date(Date.parse('2026-03-02T01:00:00Z') + hour * HOUR).toISOString();

const KINDS = [
  ['leads', { familyName: 'Nguyễn' }, ['new', 'contacted', 'qualified']],
  [
    'opportunities',
    { name: 'Camera', pipelineId: 'sales' },
    ['prospecting', 'engaging', 'proposal'],
  ],
] as const;

describe.each(KINDS)('%s', (plural, values, [first, second, third]) => {
  const captured = async (more: object = {}) => {
    const body = { ...values, occurredAt: at(0), ...more };
    const { id } = (await api.admin.post(`/v1/${plural}`, body)).expect(201);
    return `/v1/${plural}/${id}`;
  };
  /** What happened to the record, the first first. */
  const history = async (path: string, verb: RegExp) => {
    const [, , , id] = path.split('/');
    const stream = `${plural === 'leads' ? 'lead' : 'opportunity'}-${id}`;
    const { events } = await api.ledger.stores.log.readStream({ stream });
    return events.filter(({ type }) => verb.test(type));
  };

  it('change stage with a note and files in one command, from, to, why and how long told', async () => {
    const path = await captured();
    const file = { name: 'báo giá.pdf', mediaType: 'application/pdf', content: 'YQ==' };
    const moved = {
      ...{ stageId: second, reason: 'Đã gọi', note: 'Khách hẹn thứ Hai.', attachments: [file] },
      occurredAt: at(30),
    };
    (await api.admin.post(`${path}/stage`, moved)).expect(200);
    const events = await history(path, /(?:StageChanged|NoteAdded)$/);
    expect(new Set(events.map(({ metadata }) => metadata.commandId)).size).toBe(1);
    expect(events.map((event) => event.data)).toMatchObject([
      {
        ...{ from: { stageId: first }, to: { stageId: second } },
        ...{ stoodMs: 30 * HOUR, reason: 'Đã gọi' },
      },
      { text: 'Khách hẹn thứ Hai.', attachments: [{ name: 'báo giá.pdf' }] },
    ]);
    expect((await api.admin.get(path)).body).toMatchObject({ stageId: second, stageSince: at(30) });
    const timeline = (await api.admin.get(`${path}/timeline`)).expect(200);
    const texts = entriesOf(timeline.items).map((entry) => String(entry.text));
    expect(texts).toContainEqual(expect.stringContaining('1 ngày 6 giờ'));
  });

  it('are lost for a reason, with a note, and reopened where they stood, how long they stood told each time', async () => {
    const path = await captured();
    (await api.admin.post(`${path}/stage`, { stageId: third, occurredAt: at(2) })).expect(200);
    expect((await api.admin.post(`${path}/loss`, {})).expect(400).errors).toMatchObject([
      { path: 'reason' },
    ]);
    const loss = { reason: 'Giá cao', detail: 'Hơn 10%', note: 'Gọi lại', occurredAt: at(7) };
    (await api.admin.post(`${path}/loss`, loss)).expect(200);
    expect((await api.admin.get(path)).body).toMatchObject({
      ...{ status: 'lost', lostReason: 'Giá cao', lostDetail: 'Hơn 10%', stageId: 'lost' },
      closedAt: at(7),
    });
    const notes = (await api.admin.get(`${path}/notes`)).expect(200);
    expect(entriesOf(notes.items)).toMatchObject([{ text: 'Gọi lại' }]);
    const reopening = { reason: 'Khách gọi lại', occurredAt: at(9) };
    (await api.admin.post(`${path}/reopening`, reopening)).expect(200);
    const { body } = await api.admin.get(path);
    expect(body).toMatchObject({ status: 'open', stageId: third });
    for (const gone of ['lostReason', 'lostDetail', 'closedAt'])
      expect(body).not.toHaveProperty(gone);
    const stood = (await history(path, /StageChanged$/)).map(({ data }) =>
      Number(Reflect.get(data, 'stoodMs')),
    );
    expect(stood.map((ms) => ms / HOUR)).toEqual([2, 5, 2]);
  });

  it('stay where they are when the stage is none, and nothing is written', async () => {
    const path = await captured();
    const head = await api.head();
    const refused = await api.admin.post(`${path}/stage`, { stageId: 'nowhere', note: 'x' });
    expect(refused.expect(422).errors).toMatchObject([{ path: 'stageId', code: 'unknown_stage' }]);
    expect(await api.head()).toBe(head);
  });
});

describe('an opportunity', () => {
  const captured = async (body: object = {}) => {
    const values = { name: 'Camera', pipelineId: 'sales', occurredAt: at(0), ...body };
    return `/v1/opportunities/${member((await api.admin.post('/v1/opportunities', values)).expect(201), 'id')}`;
  };
  const read = async (path: string) => (await api.admin.get(path)).expect(200);

  it('is of one of several pipelines, by choice, and moves between them', async () => {
    const refused = await api.admin.post('/v1/opportunities', { name: 'Camera' });
    expect(refused.expect(422)).toMatchObject({
      code: 'pipeline_choice_needed',
      pipelines: [{ id: 'sales' }, { id: 'projects' }],
    });
    const path = await captured();
    const move = { pipelineId: 'projects', stageId: 'survey', occurredAt: at(3) };
    (await api.admin.post(`${path}/stage`, move)).expect(200);
    expect(await read(path)).toMatchObject({
      ...{ pipelineId: 'projects', stageId: 'survey', stageSince: at(3) },
      ...{ probability: 25, probabilityBy: 'stage' },
    });
    const other = await api.admin.post(`${path}/stage`, { stageId: 'proposal' });
    expect(other.expect(422).errors).toMatchObject([{ path: 'stageId' }]);
  });

  it('has the probability of its stage unless it is set by hand, and its outcome’s when closed', async () => {
    const path = await captured();
    const told = async () => {
      const { probability, probabilityBy } = await read(path);
      return [probability, probabilityBy];
    };
    expect(await told()).toEqual([10, 'stage']);
    (await api.admin.post(`${path}/stage`, { stageId: 'proposal' })).expect(200);
    expect(await told()).toEqual([60, 'stage']);
    (await api.admin.patch(path, { probability: 35 })).expect(200);
    expect(await told()).toEqual([35, 'hand']);
    (await api.admin.post(`${path}/stage`, { stageId: 'negotiation' })).expect(200);
    expect(await told()).toEqual([35, 'hand']);
    (await api.admin.post(`${path}/win`, {})).expect(200);
    expect(await told()).toEqual([100, 'outcome']);
    (await api.admin.post(`${path}/reopening`, {})).expect(200);
    expect(await told()).toEqual([35, 'hand']);
    (await api.admin.patch(path, { probability: null })).expect(200);
    expect(await told()).toEqual([80, 'stage']);
    (await api.admin.post(`${path}/loss`, { reason: 'Giá cao' })).expect(200);
    expect(await told()).toEqual([0, 'outcome']);
    const tooMuch = await api.admin.patch(path, { probability: 101 });
    expect(tooMuch.expect(400).errors).toMatchObject([{ path: 'probability' }]);
  });

  it('says which event its probability is from', async () => {
    const path = await captured();
    const by = async () => {
      const { items } = (await api.admin.get(`${path}/provenance`)).expect(200);
      return entriesOf(items).find(({ field }) => field === 'probability')?.eventType;
    };
    expect(await by()).toBe('OpportunityCaptured');
    (await api.admin.patch(path, { probability: 35 })).expect(200);
    expect(await by()).toBe('OpportunityEdited');
    (await api.admin.post(`${path}/stage`, { stageId: 'proposal' })).expect(200);
    expect(await by()).toBe('OpportunityEdited');
    (await api.admin.patch(path, { probability: null })).expect(200);
    expect(await by()).toBe('OpportunityStageChanged');
    (await api.admin.post(`${path}/win`, {})).expect(200);
    expect(await by()).toBe('OpportunityWon');
  });

  it('closes when it is won, keeps the date between won stages, and loses it on reopening', async () => {
    const path = await captured();
    const revenue = { amount: 25_000_000, currency: 'VND' };
    (await api.admin.post(`${path}/win`, { expectedRevenue: revenue, occurredAt: at(5) })).expect(
      200,
    );
    expect(await read(path)).toMatchObject({
      ...{ status: 'won', stageId: 'won', closedAt: at(5), expectedRevenue: revenue },
    });
    const toWon = { pipelineId: 'projects', stageId: 'won', occurredAt: at(8) };
    (await api.admin.post(`${path}/stage`, toWon)).expect(200);
    expect(await read(path)).toMatchObject({
      status: 'won',
      pipelineId: 'projects',
      closedAt: at(5),
    });
    (await api.admin.post(`${path}/reopening`, { occurredAt: at(9) })).expect(200);
    expect(await read(path)).not.toHaveProperty('closedAt');
  });

  it('fills what a stage requires before it comes there, custom fields too', async () => {
    const path = await captured({ pipelineId: 'projects' });
    const head = await api.head();
    const refused = await api.admin.post(`${path}/stage`, { stageId: 'design' });
    expect(refused.expect(422)).toMatchObject({
      code: 'stage_requires_fields',
      errors: [{ path: 'expectedRevenue' }, { path: 'custom.siteArea' }],
    });
    expect(await api.head()).toBe(head);
    const filled = { expectedRevenue: { amount: 0 }, custom: { siteArea: 120 } };
    (await api.admin.post(`${path}/stage`, { stageId: 'design', ...filled })).expect(200);
    expect(await read(path)).toMatchObject({ stageId: 'design', custom: { siteArea: 120 } });
    const early = { name: 'Camera', pipelineId: 'projects', stageId: 'design' };
    const paths = entriesOf((await api.admin.post('/v1/opportunities', early)).expect(422).errors);
    expect(paths).toMatchObject([{ path: 'expectedRevenue' }, { path: 'custom.siteArea' }]);
  });

  it('takes nothing along that an edit would not take', async () => {
    const path = await captured();
    const contactId = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
    const head = await api.head();
    for (const [verb, body] of [
      ['win', {}],
      ['stage', { stageId: 'proposal' }],
      ['loss', { reason: 'Giá cao' }],
      ['reopening', {}],
    ] as const) {
      const nobody = await api.admin.post(`${path}/${verb}`, { ...body, contactId });
      expect(nobody.expect(422).errors).toMatchObject([
        { path: 'contactId', code: 'unknown_reference' },
      ]);
      const unread = await api.admin.post(`${path}/${verb}`, {
        ...{ ...body, probability: 101, custom: { siteArea: 'lớn' } },
      });
      expect(unread.expect(400).errors).toMatchObject([
        { path: 'probability' },
        { path: 'custom.siteArea' },
      ]);
    }
    expect(await api.head()).toBe(head);
  });

  it('comes out of a conversion with the probability of the stage where it starts', async () => {
    const lead = (
      await api.admin.post('/v1/leads', { familyName: 'Trần', givenName: 'An' })
    ).expect(201);
    const choices = {
      ...{ contact: { action: 'none' }, account: { action: 'none' } },
      opportunity: { action: 'create', pipelineId: 'projects' },
    };
    const converted = await api.admin.post(`/v1/leads/${lead.id}/conversion`, choices);
    converted.expect(200);
    const [conversion] = entriesOf((await read(`/v1/leads/${lead.id}`)).conversions);
    const path = `/v1/opportunities/${conversion?.opportunityId}`;
    expect(await read(path)).toMatchObject({
      ...{ pipelineId: 'projects', stageId: 'survey', probability: 25, probabilityBy: 'stage' },
    });
  });
});
