import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Body, entriesOf, member, type TestClient } from '../support/client.js';
import { capture, convert, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const OPPORTUNITY = { opportunity: { action: 'create' } };
const PLURALS = { contact: 'contacts', account: 'accounts', opportunity: 'opportunities' } as const;
type Target = keyof typeof PLURALS;
const TARGETS = ['contact', 'account', 'opportunity'] as const;

const lead = (body: object = {}, client = api.admin) =>
  capture(client, 'leads', {
    ...{ givenName: unique('Khương'), email: uniqueEmail(), organisation: unique('Minh Phát') },
    ...body,
  });
/** A lead that became a contact, an account and an opportunity. */
async function converted(choices: object = OPPORTUNITY, body: object = {}, client = api.admin) {
  const leadId = await lead(body, client);
  const { conversion } = (await convert(client, leadId, choices)).expect(200);
  const id = member(conversion as Body, 'id');
  return { leadId, id, conversion: conversion as Body };
}
const undo = (id: string, body: object = {}, client: TestClient = api.admin, headers = {}) =>
  client.post(`/v1/conversions/${id}/undo`, body, headers);
const preview = async (id: string, body: object = {}, client: TestClient = api.admin) =>
  (await client.post(`/v1/conversions/${id}/undo/preview`, body)).expect(200);
const get = async (path: string) =>
  (await api.admin.get(`${path}?after=${await api.head()}`)).expect(200);
const record = (conversion: Body, type: Target) =>
  get(`/v1/${PLURALS[type]}/${conversion[`${type}Id`]}`);
const statuses = (conversion: Body) =>
  Promise.all(TARGETS.map(async (type) => (await record(conversion, type)).status));
const path = (conversion: Body, type: Target) => `/v1/${PLURALS[type]}/${conversion[`${type}Id`]}`;

describe('undoing a conversion', () => {
  it('withdraws what it created, as the preview said, and the lead is not converted any more', async () => {
    const { leadId, id, conversion } = await converted();
    const note = { text: 'Gọi sáng.' };
    (await api.admin.post(`/v1/leads/${leadId}/notes`, note)).expect(201);
    const told = await preview(id);
    expect(told).toMatchObject({ conversionId: id, leadId, kept: [], conflicts: [], reverted: [] });
    expect(
      entriesOf(told.withdrawn)
        .map(({ type }) => type)
        .sort(),
    ).toEqual([...TARGETS].sort());
    const answer = await undo(id, { basis: told.basis });
    const undone = answer.expect(200);
    expect(undone).toMatchObject({
      id: leadId,
      conversion: { id, undone: { contact: { action: 'withdraw' }, completed: true } },
    });
    expect(answer.headers.get('etag')).toBe(`"${undone.revision}"`);
    expect(await statuses(conversion)).toEqual(['deleted', 'deleted', 'deleted']);
    expect(await get(`/v1/leads/${leadId}`)).toMatchObject({ converted: false, noteCount: 1 });
    expect(await get(`/v1/conversions/${id}`)).toMatchObject({
      ...{ completed: true, contact: { action: 'create' } },
      undone: { opportunity: { action: 'withdraw' }, completed: true },
    });
    const restored = await api.admin.post(`${path(conversion, 'contact')}/restore`);
    restored.expect(200);
    expect((await record(conversion, 'contact')).status).toBe('active');
  });

  it('brings back what it updated, and says where each value comes from', async () => {
    const email = uniqueEmail();
    const old = { givenName: 'K', email, jobTitle: 'Nhân viên', phones: ['0912 345 678'] };
    const contactId = await capture(api.admin, 'contacts', { ...old, tags: ['cũ'] });
    const before = await get(`/v1/contacts/${contactId}`);
    const contact = { action: 'update', overwrite: true };
    const more = { email, jobTitle: 'Giám đốc', phones: ['0987 654 321'], tags: ['VIP'] };
    const { id } = await converted({ contact }, more);
    expect(await get(`/v1/contacts/${contactId}`)).toMatchObject({ jobTitle: 'Giám đốc' });
    const { reverted } = await preview(id);
    expect(entriesOf(reverted)).toMatchObject([
      { record: { type: 'contact', id: contactId }, removedTags: ['VIP'] },
    ]);
    const { conversion } = (await undo(id)).expect(200);
    const after = await get(`/v1/contacts/${contactId}`);
    const {
      revision: _r,
      position: _p,
      updatedAt: _u,
      ...rest
    } = before as unknown as object as Record<string, unknown>;
    expect(after).toMatchObject(rest);
    expect(after.accountId).toBeUndefined();
    const { items } = await get(`/v1/contacts/${contactId}/provenance`);
    const jobTitle = entriesOf(items).find(({ field }) => field === 'jobTitle');
    expect(jobTitle).toMatchObject({
      eventType: 'ContactEdited',
      undo: { type: 'lead', conversionId: id, undoId: conversion?.undone?.undoId },
    });
  });

  it('reports what was changed since, and does as the caller says', async () => {
    const { id, conversion } = await converted();
    const jobTitle = 'Kế toán';
    (await api.admin.patch(path(conversion, 'contact'), { jobTitle })).expect(200);
    (await api.admin.post(`${path(conversion, 'opportunity')}/win`)).expect(200);
    const told = await preview(id);
    expect(entriesOf(told.conflicts)).toMatchObject([
      { record: { type: 'opportunity' }, decision: 'keep' },
    ]);
    expect(entriesOf(told.kept)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ reason: 'referred_to', record: { type: 'contact', id: conversion.contactId } },
          by: [{ type: 'opportunity', id: conversion.opportunityId }],
        }),
      ]),
    );
    const decided = await preview(id, { conflicts: { opportunity: 'withdraw' } });
    expect(entriesOf(decided.conflicts)).toMatchObject([
      { record: { type: 'opportunity' }, decision: 'withdraw' },
      {
        record: { type: 'contact' },
        values: [{ field: 'jobTitle', current: jobTitle }],
        decision: 'keep',
      },
    ]);
    const stale = await undo(id, { basis: decided.basis });
    expect(stale.expect(409).code).toBe('stale_preview');
    const conflicts = { opportunity: 'withdraw', contact: 'keep' };
    const { basis } = await preview(id, { conflicts });
    (await undo(id, { conflicts, basis })).expect(200);
    expect(await statuses(conversion)).toEqual(['active', 'active', 'deleted']);
  });

  it('takes back field by field what was changed since, where the caller says so', async () => {
    const email = uniqueEmail();
    const old = { givenName: 'K', email, jobTitle: 'Nhân viên', website: 'https://k.vn' };
    const contactId = await capture(api.admin, 'contacts', old);
    const lead = { email, jobTitle: 'Giám đốc', website: 'https://minhphat.vn' };
    const { id } = await converted({ contact: { action: 'update', overwrite: true } }, lead);
    const since = { jobTitle: 'Kế toán', website: 'https://moi.vn' };
    (await api.admin.patch(`/v1/contacts/${contactId}`, since)).expect(200);
    const conflicts = { contact: { jobTitle: 'revert' } };
    (await undo(id, { conflicts })).expect(200);
    expect(await get(`/v1/contacts/${contactId}`)).toMatchObject({
      ...{ jobTitle: 'Nhân viên', website: 'https://moi.vn' },
    });
    expect((await get(`/v1/conversions/${id}`)).undone).toMatchObject({
      contact: { action: 'revert', kept: ['website'] },
    });
  });

  it('is refused a second time, for an unknown conversion, and for a decision about nothing', async () => {
    const { leadId, id } = await converted();
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect((await undo(unknown)).expect(404).code).toBe('conversion_not_found');
    const odd = (await undo(id, { conflicts: { contact: { email: 'revert' } } })).expect(422);
    expect(odd).toMatchObject({
      code: 'unknown_conflict',
      errors: [{ path: 'conflicts.contact.email' }],
    });
    expect((await undo(id, { conflicts: { lead: 'keep' } })).expect(400).errors).toMatchObject([
      { path: 'conflicts.lead' },
    ]);
    (await undo(id, { conflicts: { contact: 'drop' } })).expect(400);
    const stale = { 'if-match': '"0"' };
    expect((await undo(id, {}, api.admin, stale)).expect(412).code).toBe('revision_mismatch');
    const key = { 'idempotency-key': 'undo-1' };
    const first = (await undo(id, {}, api.admin, key)).expect(200);
    expect((await undo(id, {}, api.admin, key)).expect(200)).toEqual(first);
    expect((await undo(id, { conflicts: {} }, api.admin, key)).expect(422).code).toBe(
      'idempotency_key_reused',
    );
    expect((await undo(id)).expect(409).code).toBe('already_undone');
    const again = (await convert(api.admin, leadId, OPPORTUNITY)).expect(200);
    expect(again.conversion).toMatchObject({ actions: { contact: 'create', account: 'create' } });
    expect(await get(`/v1/leads/${leadId}`)).toMatchObject({ converted: true });
  });

  it('needs the rights to do what it does, and tells owners', async () => {
    const [seller, other] = [await api.user(['salesperson']), await api.user(['salesperson'])];
    const { id, conversion } = await converted(OPPORTUNITY, { ownerId: seller.id });
    expect((await undo(id, {}, other)).expect(404).code).toBe('conversion_not_found');
    const integration = await api.user(['integration']);
    const head = await api.head();
    expect((await undo(id, {}, integration)).expect(403).code).toBe('forbidden');
    expect(await api.head()).toBe(head);
    (await undo(id, {}, await api.user(['support']))).expect(403);
    const { position } = (await undo(id)).expect(200);
    const inbox = (await seller.get(`/v1/notifications?after=${position}`)).expect(200);
    const notice = entriesOf(inbox.items).find(({ kind }) => kind === 'conversion-undone');
    expect(
      entriesOf(notice?.about)
        .map(({ id: about }) => about)
        .sort(),
    ).toEqual(TARGETS.map((type) => String(conversion[`${type}Id`])).sort());
  });

  it.each([
    [
      'en',
      /undid a conversion of the lead: contact “Khương \d+” \(withdrawn\)/,
      /withdrew the contact by undoing the conversion of “Khương \d+”/,
    ],
    [
      'vi',
      /đã hoàn tác một lần chuyển đổi tiềm năng: liên hệ “Khương \d+” \(thu hồi\)/,
      /đã thu hồi liên hệ khi hoàn tác việc chuyển đổi “Khương \d+”/,
    ],
  ])(
    'is told in the timelines of the lead and of each record (%s)',
    async (language, ofLead, ofContact) => {
      const { leadId, id, conversion } = await converted();
      (await undo(id)).expect(200);
      const texts = async (at: string) => {
        const after = await api.head();
        const headers = { 'accept-language': language };
        const answer = await api.admin.get(`${at}/timeline?after=${after}`, headers);
        return entriesOf(answer.expect(200).items).map(({ text }) => String(text));
      };
      expect(await texts(`/v1/leads/${leadId}`)).toContainEqual(expect.stringMatching(ofLead));
      const contact = await texts(path(conversion, 'contact'));
      expect(contact).toContainEqual(expect.stringMatching(ofContact));
    },
  );

  it('shows a record as it stood before', async () => {
    const { leadId, id, conversion } = await converted();
    const at = await api.head();
    (await undo(id)).expect(200);
    const asOf = (plural: string, of: unknown) =>
      api.admin.get(`/v1/${plural}/${String(of)}?asOf=${at}`);
    expect((await asOf('leads', leadId)).expect(200)).toMatchObject({ converted: true });
    const contact = (await asOf('contacts', conversion.contactId)).expect(200);
    expect(contact.status).toBe('active');
  });

  it('that was committed by a process that died is completed by another, once', async () => {
    const { leadId, id, conversion } = await converted();
    const { log } = api.ledger.stores;
    const actor = { kind: 'user', id: api.ledger.people.activeAdmins()[0] ?? '' } as const;
    const [commandId, eventId] = [randomUUID(), randomUUID()];
    const authority = { actor, may: () => true };
    const under = { authority, commandId, correlationId: commandId, fresh: true };
    const { plan } = await api.ledger.write.conversionUndoing.preview(id, {}, under);
    const stream = `lead-${leadId}`;
    const before = await log.readStream({ stream });
    const last = before.events.at(-1);
    if (!last) throw new Error('There is no lead.');
    const { schemaVersion: _version, ...metadata } = last.metadata;
    const event = { type: 'LeadConversionUndone', data: plan };
    await log.append({
      ...{ stream, expected: last.revision },
      events: [{ id: eventId, event, metadata: { ...metadata, actor, commandId } }],
      ...(before.keyId && { keyId: before.keyId }),
    });
    const isCompleted = async () => (await get(`/v1/conversions/${id}`)).undone?.completed;
    for (let waited = 0; waited < 100 && !(await isCompleted()); waited++) await sleep(100);
    expect(await statuses(conversion)).toEqual(['deleted', 'deleted', 'deleted']);
    const { events } = await log.readStream({ stream: `contact-${conversion.contactId}` });
    expect(events.map(({ type }) => type)).toEqual(['ContactCaptured', 'ContactDeleted']);
    expect((await undo(id)).expect(409).code).toBe('already_undone');
  });
});
