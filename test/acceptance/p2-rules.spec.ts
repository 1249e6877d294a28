import { entriesOf } from '../support/client.js';
import { capture, convert, found, preview, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const lead = (body: object = {}) =>
  capture(api.admin, 'leads', { givenName: unique('An'), email: uniqueEmail(), ...body });
const OPPORTUNITY = { opportunity: { action: 'create', values: { name: 'Camera Minh Phát' } } };
const label = { en: 'Field', vi: 'Trường' };
const define = async (field: object) =>
  (await api.admin.post('/v1/settings/custom-fields', { label, ...field })).expect(200);

it('notifies the new owner and the current owner of what was handed over, and nobody of their own', async () => {
  const [seller, other] = [await api.user(['salesperson']), await api.user(['salesperson'])];
  const leadId = await lead({ ownerId: seller.id, organisation: unique('Minh Phát') });
  const { position } = (await convert(api.admin, leadId, { ownerId: other.id })).expect(200);
  const told = async (user: typeof seller, after = position) => {
    const inbox = (await user.get(`/v1/notifications?after=${after}`)).expect(200);
    // The seller is also told of the lead that was captured for them.
    return entriesOf(inbox.items).filter(({ kind }) => kind !== 'assignment');
  };
  expect(await told(other)).toMatchObject([
    { kind: 'conversion-owner', record: { type: 'lead', id: leadId }, read: false },
  ]);
  const [notice, ...others] = await told(seller);
  expect(notice).toMatchObject({ kind: 'conversion-previous-owner' });
  expect(others).toEqual([]);
  (await other.post(`/v1/notifications/${notice?.id}/read`)).expect(404);
  (await seller.post(`/v1/notifications/${notice?.id}/read`)).expect(200);
  const { position: read } = (await seller.post(`/v1/notifications/${notice?.id}/read`)).body;
  expect(await told(seller, read)).toMatchObject([{ id: notice?.id, read: true }]);
  const mine = await capture(seller, 'leads', { givenName: unique('An') });
  (await convert(seller, mine)).expect(200);
  const head = String(await api.head()) as typeof position;
  expect(await told(seller, head)).toHaveLength(1);
});

it.each([
  ['are carried to the new contact and account', {}, ['VIP', 'Hà Nội']],
  ['stay behind when switched off', { carryTags: false }, []],
])('tags %s', async (_what, choices, tags) => {
  const leadId = await lead({ organisation: unique('Minh Phát'), tags: ['VIP', 'Hà Nội'] });
  const { conversion } = (await convert(api.admin, leadId, choices)).expect(200);
  for (const [plural, id] of [
    ['contacts', conversion?.contactId],
    ['accounts', conversion?.accountId],
  ]) {
    expect((await api.admin.get(`/v1/${plural}/${id}`)).body.tags).toEqual(tags);
  }
});

it('carries all default fields that exist on the target', async () => {
  const values = {
    ...{ familyName: 'Nguyễn', givenName: unique('An'), title: 'Anh', email: uniqueEmail() },
    ...{ phones: ['+84912345678'], jobTitle: 'Kế toán', website: 'https://an.example.vn' },
    ...{
      organisation: unique('Minh Phát'),
      source: 'Website',
      need: 'Camera',
      description: 'Gấp.',
    },
    address: { city: 'Huế', country: 'VN' },
  };
  const leadId = await capture(api.admin, 'leads', values);
  const { conversion } = (await convert(api.admin, leadId, OPPORTUNITY)).expect(200);
  const { organisation, need, ...personal } = values;
  const contact = (await api.admin.get(`/v1/contacts/${conversion?.contactId}`)).expect(200);
  expect(contact).toMatchObject(personal);
  const account = (await api.admin.get(`/v1/accounts/${conversion?.accountId}`)).expect(200);
  expect(account).toMatchObject({ name: organisation, address: values.address });
  const made = (await api.admin.get(`/v1/opportunities/${conversion?.opportunityId}`)).expect(200);
  expect(made).toMatchObject({ name: 'Camera Minh Phát', need, source: 'Website' });
});

it('adds a custom field to the target types once, lists it in the first preview, and says nothing later', async () => {
  await define({ recordType: 'lead', key: 'area', type: 'number' });
  const custom = { area: 120 };
  const first = await lead({ custom });
  const { definitions } = (await preview(api.admin, first)).expect(200);
  expect(definitions).toMatchObject([{ recordType: 'contact', key: 'area', type: 'number' }]);
  const { conversion } = (await convert(api.admin, first)).expect(200);
  expect((await api.admin.get(`/v1/contacts/${conversion?.contactId}`)).body.custom).toEqual(
    custom,
  );
  const second = await lead({ custom });
  expect((await preview(api.admin, second)).expect(200).definitions).toEqual([]);
  (await convert(api.admin, second)).expect(200);
  const settings = (await api.admin.get('/v1/settings')).expect(200);
  const added = entriesOf(settings.customFields).filter(
    ({ recordType, key }) => recordType === 'contact' && key === 'area',
  );
  expect(added).toHaveLength(1);
});

it('refuses a clash of types under one key, and names both definitions', async () => {
  await define({ recordType: 'lead', key: 'rank', type: 'number' });
  await define({ recordType: 'contact', key: 'rank', type: 'text' });
  const leadId = await lead({ custom: { rank: 1 } });
  const head = await api.head();
  const refused = (await convert(api.admin, leadId)).expect(422);
  expect(refused.code).toBe('custom_field_clash');
  const text = JSON.stringify(refused);
  expect([text.includes('"number"'), text.includes('"text"')]).toEqual([true, true]);
  expect(await api.head()).toBe(head);
});

it('lists required fields that the lead cannot fill, refuses until they are supplied, and leaves nothing half-created', async () => {
  await define({ recordType: 'opportunity', key: 'budget', type: 'number', required: true });
  try {
    const leadId = await lead();
    const { obstacles, basis } = (await preview(api.admin, leadId, OPPORTUNITY)).expect(200);
    expect(obstacles).toMatchObject([
      { code: 'required_fields', errors: [{ path: 'opportunity.custom.budget' }] },
    ]);
    expect(basis).toBeUndefined();
    const head = await api.head();
    expect((await convert(api.admin, leadId, OPPORTUNITY)).expect(422).code).toBe(
      'required_fields',
    );
    expect(await api.head()).toBe(head);
    const supplied = { opportunity: { ...OPPORTUNITY.opportunity, custom: { budget: 5 } } };
    const { conversion } = (await convert(api.admin, leadId, supplied)).expect(200);
    const made = await api.admin.get(`/v1/opportunities/${conversion?.opportunityId}`);
    expect(made.body.custom).toMatchObject({ budget: 5 });
  } finally {
    (await api.admin.delete('/v1/settings/custom-fields/opportunity/budget')).expect(200);
  }
});

it('needs a choice where several pipelines are configured, and uses the only one where there is one', async () => {
  const leadId = await lead();
  const { conversion } = (await convert(api.admin, leadId, OPPORTUNITY)).expect(200);
  const only = await api.admin.get(`/v1/opportunities/${conversion?.opportunityId}`);
  expect(only.body).toMatchObject({ pipelineId: 'sales', stageId: 'prospecting' });
  const stages = [
    { id: 'start', name: 'Bắt đầu' },
    { id: 'won', name: 'Thắng', marker: 'won' },
    { id: 'lost', name: 'Thua', marker: 'lost' },
  ];
  const pipeline = { pipelineId: 'projects', recordType: 'opportunity', name: 'Dự án', stages };
  (await api.admin.post('/v1/settings/pipelines', pipeline)).expect(200);
  try {
    const refused = (await convert(api.admin, leadId, OPPORTUNITY)).expect(422);
    expect(refused).toMatchObject({ code: 'pipeline_choice_needed' });
    expect(entriesOf(refused.pipelines).map(({ id }) => id)).toEqual(['sales', 'projects']);
    const chosen = { opportunity: { ...OPPORTUNITY.opportunity, pipelineId: 'projects' } };
    const second = (await convert(api.admin, leadId, chosen)).expect(200);
    const made = await api.admin.get(`/v1/opportunities/${second.conversion?.opportunityId}`);
    expect(made.body).toMatchObject({ pipelineId: 'projects', stageId: 'start' });
  } finally {
    (await api.admin.delete('/v1/settings/pipelines/projects')).expect(200);
  }
});

it('shows notes, files and activities of the lead on the new records, workable even after the lead is deleted', async () => {
  const leadId = await lead();
  const file = { name: 'a.txt', mediaType: 'text/plain', content: 'YQ==' };
  (await api.admin.post(`/v1/leads/${leadId}/notes`, { text: 'Gọi sáng.' })).expect(201);
  (await api.admin.post(`/v1/leads/${leadId}/attachments`, { attachments: [file] })).expect(200);
  const links = [{ type: 'lead', id: leadId }];
  const activity = { kind: 'task', subject: 'Gọi lại', links };
  const activityId = await capture(api.admin, 'activities', activity);
  const { conversion } = (await convert(api.admin, leadId, OPPORTUNITY)).expect(200);
  (await api.admin.delete(`/v1/leads/${leadId}`)).expect(200);
  for (const path of [
    `/v1/contacts/${conversion?.contactId}`,
    `/v1/opportunities/${conversion?.opportunityId}`,
  ]) {
    expect((await api.admin.get(`${path}/notes`)).body.items).toMatchObject([
      { text: 'Gọi sáng.' },
    ]);
    const [kept] = entriesOf((await api.admin.get(`${path}/attachments`)).body.items);
    expect((await api.admin.get(`${path}/attachments/${kept?.id}`)).text).toBe('a');
    expect((await api.admin.get(`${path}/activities`)).body.items).toMatchObject([
      { id: activityId },
    ]);
  }
  (await api.admin.post(`/v1/activities/${activityId}/completion`)).expect(200);

  // A note is rewritten and taken off, and a file too, on a record that only shows them.
  const contact = `/v1/contacts/${conversion?.contactId}`;
  const deal = `/v1/opportunities/${conversion?.opportunityId}`;
  const [note] = entriesOf((await api.admin.get(`${contact}/notes`)).body.items);
  const noteId = note?.id;
  const { body: before } = await api.admin.get(contact);
  const key = { 'idempotency-key': 'rewrite' };
  const edited = await api.admin.patch(`${contact}/notes/${noteId}`, { text: 'Gọi chiều.' }, key);
  expect(edited.expect(200)).toMatchObject({ id: before.id, revision: before.revision });
  expect((await api.admin.get(`${deal}/notes`)).body.items).toMatchObject([{ text: 'Gọi chiều.' }]);
  const [told] = entriesOf((await api.admin.get(`${contact}/timeline`)).body.items);
  expect(told).toMatchObject({ type: 'LeadNoteEdited' });
  const stale = { 'if-match': '"99"' };
  (await api.admin.delete(`${deal}/notes/${noteId}`, undefined, stale)).expect(412);
  const seller = await api.user(['salesperson']);
  (await seller.delete(`${contact}/notes/${noteId}`)).expect(404);
  const removal = { 'idempotency-key': 'removal' };
  const gone = (await api.admin.delete(`${deal}/notes/${noteId}`, undefined, removal)).expect(200);
  expect((await api.admin.delete(`${deal}/notes/${noteId}`, undefined, removal)).body).toEqual(
    gone,
  );
  (await api.admin.delete(`${deal}/notes/${noteId}`)).expect(404);
  const [kept] = entriesOf((await api.admin.get(`${deal}/attachments`)).body.items);
  (await api.admin.delete(`${deal}/attachments/${kept?.id}`)).expect(200);
  expect((await api.admin.get(`${contact}/attachments`)).body.items).toEqual([]);
});

it('does not lock a lead: a second conversion works, warned of what is there', async () => {
  const leadId = await lead();
  const first = (await convert(api.admin, leadId, OPPORTUNITY)).expect(200);
  const { warnings } = (await preview(api.admin, leadId, OPPORTUNITY)).expect(200);
  expect(warnings).toMatchObject([
    { code: 'already_converted', target: 'contact', ids: [first.conversion?.contactId] },
    { code: 'already_converted', target: 'opportunity', ids: [first.conversion?.opportunityId] },
  ]);
  const second = (await convert(api.admin, leadId, OPPORTUNITY)).expect(200);
  expect(second.conversion?.contactId).toBe(first.conversion?.contactId);
  expect(second.conversion?.opportunityId).not.toBe(first.conversion?.opportunityId);
  const { body } = await api.admin.get(`/v1/leads/${leadId}`);
  expect(body).toMatchObject({ status: 'open', converted: true });
  expect(body.conversions).toHaveLength(2);
});

describe('a preview', () => {
  it.each([
    ['the lead changed', (id: string) => api.admin.patch(`/v1/leads/${id}`, { title: 'Chị' })],
    [
      'a contact with the e-mail appeared',
      async (id: string) => {
        const { email } = (await api.admin.get(`/v1/leads/${id}`)).body;
        return api.admin.post('/v1/contacts', { givenName: 'Mới', email });
      },
    ],
  ])(
    'is stale once %s: the conversion is refused and nothing is written',
    async (_what, change) => {
      const leadId = await lead();
      const { basis } = (await preview(api.admin, leadId)).expect(200);
      await change(leadId);
      const head = await api.head();
      const refused = (await convert(api.admin, leadId, { basis })).expect(409);
      expect(refused.code).toBe('stale_preview');
      expect(await api.head()).toBe(head);
      (await convert(api.admin, leadId, { basis: refused.basis })).expect(200);
    },
  );

  it('holds as long as nothing changed, and the conversion does what it said', async () => {
    const leadId = await lead({ organisation: unique('Minh Phát'), tags: ['VIP'] });
    const { basis, plan } = (await preview(api.admin, leadId)).expect(200);
    const { conversion } = (await convert(api.admin, leadId, { basis })).expect(200);
    const contact = await api.admin.get(`/v1/contacts/${conversion?.contactId}`);
    const planned: unknown = plan?.contact?.fields;
    const accountId = conversion?.accountId;
    expect(contact.expect(200)).toMatchObject({ ...(planned as object), accountId });
  });
});

describe('ways in', () => {
  it('a selection is converted lead by lead: one that is refused does not stop the rest', async () => {
    const email = uniqueEmail();
    await capture(api.admin, 'contacts', { givenName: 'An', email });
    await capture(api.admin, 'contacts', { givenName: 'Bình', email });
    const [good, ambiguous, also] = [await lead(), await lead({ email }), await lead()];
    const absent = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
    const leadIds = [good, ambiguous, absent, also];
    const { converted, refused, results } = (
      await api.admin.post('/v1/leads/conversions', { leadIds })
    ).expect(200);
    expect([converted, refused]).toEqual([2, 2]);
    expect(results).toMatchObject([
      { leadId: good, result: { conversion: { completed: true } } },
      { leadId: ambiguous, problem: { status: 409, code: 'choice_needed' } },
      { leadId: absent, problem: { status: 404 } },
      { leadId: also, result: { conversion: { completed: true } } },
    ]);
  });

  it.each([[[]], [Array.from({ length: 201 }, () => '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11')]])(
    'a selection of none or too many is refused',
    async (leadIds) => {
      const refused = await api.admin.post('/v1/leads/conversions', { leadIds });
      expect(refused.expect(400).errors).toMatchObject([{ path: 'leadIds' }]);
    },
  );

  it.each(['signed-deposit', 'completed'])(
    'a change to the stage %s carries the choices of a conversion',
    async (stageId) => {
      const leadId = await lead();
      const body = { stageId, note: 'Đã đặt cọc.', conversion: OPPORTUNITY };
      const { conversion } = (await api.admin.post(`/v1/leads/${leadId}/stage`, body)).expect(200);
      expect(conversion).toMatchObject({ completed: true });
      const { body: changed } = await api.admin.get(`/v1/leads/${leadId}`);
      expect(changed).toMatchObject({ stageId, converted: true, noteCount: 1 });
    },
  );

  it('a change of stage with values converts the lead as it is with them', async () => {
    const leadId = await lead();
    const body = { stageId: 'completed', need: 'Camera', conversion: OPPORTUNITY };
    const { conversion } = (await api.admin.post(`/v1/leads/${leadId}/stage`, body)).expect(200);
    const made = Reflect.get(Object(conversion), 'opportunityId');
    expect((await api.admin.get(`/v1/leads/${leadId}`)).body).toMatchObject({ need: 'Camera' });
    expect((await api.admin.get(`/v1/opportunities/${made}`)).body).toMatchObject({
      need: 'Camera',
    });
  });

  it('a change to another stage carries none', async () => {
    const leadId = await lead();
    const body = { stageId: 'qualified', conversion: OPPORTUNITY };
    const refused = (await api.admin.post(`/v1/leads/${leadId}/stage`, body)).expect(422);
    expect(refused.code).toBe('stage_does_not_convert');
    const closed = { opportunity: { action: 'create', stageId: 'won' } };
    const told = await api.admin.post(`/v1/leads/${leadId}/stage`, { ...body, conversion: closed });
    expect(told.expect(422).errors).toMatchObject([{ path: 'conversion.opportunity.stageId' }]);
    expect((await api.admin.get(`/v1/leads/${leadId}`)).body.revision).toBe(0);
  });
});

describe('the audit', () => {
  it('lists what each conversion did, by lead, by target and by time, and tells of one', async () => {
    const leadId = await lead({ organisation: unique('Minh Phát') });
    const { conversion, position } = (await convert(api.admin, leadId)).expect(200);
    const id = conversion?.id;
    for (const query of [
      `leadId=${leadId}`,
      `targetId=${conversion?.accountId}`,
      `leadId=${leadId}&from=2020-01-01T00:00:00Z&until=2200-01-01T07:00:00%2B07:00`,
    ]) {
      const { items } = (await api.admin.get(`/v1/conversions?${query}&after=${position}`)).expect(
        200,
      );
      expect(items).toMatchObject([{ id, leadId, completed: true }]);
    }
    const none = await api.admin.get(`/v1/conversions?leadId=${leadId}&until=2020-01-01T00:00:00Z`);
    expect(none.expect(200).items).toEqual([]);
    expect((await api.admin.get(`/v1/conversions/${id}`)).expect(200)).toMatchObject({
      id,
      case: 1,
    });
  });
});

describe('64 leads with one e-mail and one organisation converted at one instant', () => {
  it.each([1, 2, 3])(
    'end in one contact and one account, round %i',
    async () => {
      const email = uniqueEmail();
      const organisation = unique('Công ty CP Đồng Thời');
      const leadIds: string[] = [];
      for (let index = 0; index < 64; index++) {
        leadIds.push(
          await capture(api.admin, 'leads', { givenName: `An ${index}`, email, organisation }),
        );
      }
      const answers = await Promise.all(leadIds.map((leadId) => convert(api.admin, leadId)));
      const made = answers.map((answer) => answer.expect(200).conversion);
      expect(new Set(made.map((conversion) => conversion?.contactId)).size).toBe(1);
      const accounts = made.flatMap((conversion) => conversion?.accountId ?? []);
      expect(new Set(accounts).size).toBe(1);
      expect(await found(api, 'contacts', { email })).toHaveLength(1);
      expect(await found(api, 'accounts', { name: organisation })).toHaveLength(1);
    },
    60_000,
  );
});
