import { entriesOf } from '../support/client.js';
import { capture, convert, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const ref = (type: string, id: string) => ({ type, id });
const contact = async (body: object = {}) =>
  ref('contact', await capture(api.admin, 'contacts', { givenName: unique('Hà'), ...body }));
const merge = async (...records: readonly object[]) =>
  (await api.admin.post('/v1/merges', { records })).expect(201);
const undo = async (id: unknown) =>
  (await api.admin.post(`/v1/merges/${String(id)}/undo`, {})).expect(200);

describe('what a merge changes for others than its records', () => {
  it('is a new version to whoever has a record that points at one of them, and the same to who writes to it', async () => {
    const [first, second] = [await contact(), await contact()];
    const deal = await capture(api.admin, 'opportunities', { name: 'A', contactId: second.id });
    const path = `/v1/opportunities/${deal}`;
    const get = async (known?: string) =>
      api.admin.get(`${path}?after=${await api.head()}`, known ? { 'if-none-match': known } : {});
    const tag = (answer: { readonly headers: Headers }) => answer.headers.get('etag') ?? '';
    const before = await get();
    const { id } = await merge(first, second);
    const merged = await get(tag(before));
    expect(merged.expect(200).contactId).toBe(first.id);
    (await get(tag(merged))).expect(304);
    const ifMatch = { 'if-match': tag(merged) };
    (await api.admin.patch(path, { need: 'Camera' }, ifMatch)).expect(200);
    (await api.admin.patch(path, { need: 'Khóa' }, ifMatch)).expect(412);
    const edited = await get();
    await undo(id);
    const undone = await get(tag(edited));
    expect(undone.expect(200).contactId).toBe(second.id);
  });

  it('opens activities to those who may read the survivor', async () => {
    const seller = await api.user(['salesperson']);
    const [own, other] = [await contact({ ownerId: seller.id }), await contact()];
    const planned = { kind: 'task', subject: 'Gọi lại', links: [other] };
    const { id } = (await api.admin.post('/v1/activities', planned)).expect(201);
    (await seller.get(`/v1/activities/${id}`)).expect(404);
    const { id: mergeId } = await merge(own, other);
    (await seller.get(`/v1/activities/${id}`)).expect(200);
    (await seller.get(`/v1/activities/${id}/timeline`)).expect(200);
    (await seller.post(`/v1/activities/${id}/completion`, {})).expect(200);
    await undo(mergeId);
    (await seller.get(`/v1/activities/${id}`)).expect(404);
  });

  it('leads links of activities on, which is a new version of those too', async () => {
    const [first, second] = [await contact(), await contact()];
    const planned = { kind: 'task', subject: 'Gọi lại', links: [second] };
    const { id } = (await api.admin.post('/v1/activities', planned)).expect(201);
    const get = async (known = '') =>
      api.admin.get(`/v1/activities/${id}?after=${await api.head()}`, { 'if-none-match': known });
    const etag = (await get()).headers.get('etag') ?? '';
    (await get(etag)).expect(304);
    const { id: mergeId } = await merge(first, second);
    expect((await get(etag)).expect(200).links).toEqual([first]);
    await undo(mergeId);
    expect((await get()).expect(200).links).toEqual([second]);
  });

  it('names the survivor to a conversion that chooses what was merged away', async () => {
    const account = async () =>
      ref('account', await capture(api.admin, 'accounts', { name: unique('Công ty') }));
    const [kept, gone] = [await contact(), await contact()];
    const [keptAccount, goneAccount] = [await account(), await account()];
    await merge(kept, gone);
    await merge(keptAccount, goneAccount);
    const lead = await capture(api.admin, 'leads', { givenName: unique('An') });
    const refused = async (choices: object) =>
      (await convert(api.admin, lead, choices)).expect(409);
    expect(await refused({ contact: { action: 'update', id: gone.id } })).toMatchObject({
      ...{ code: 'record_merged', survivor: kept },
      errors: [{ path: 'contact.id' }],
    });
    expect(await refused({ account: { action: 'link', id: goneAccount.id } })).toMatchObject({
      ...{ code: 'record_merged', survivor: keptAccount },
      errors: [{ path: 'account.id' }],
    });
    const sale = ref('lead', await capture(api.admin, 'leads', { givenName: unique('Bình') }));
    const away = ref('lead', await capture(api.admin, 'leads', { givenName: unique('Chi') }));
    await merge(sale, away);
    const into = { opportunity: { action: 'merge', into: away } };
    expect(await refused(into)).toMatchObject({
      ...{ code: 'record_merged', survivor: sale },
      errors: [{ path: 'opportunity.into' }],
    });
    (await convert(api.admin, lead, { contact: { action: 'update', id: kept.id } })).expect(200);
  });

  it('lists conversions of merged leads on the survivor, and warns of another', async () => {
    const lead = async () =>
      ref('lead', await capture(api.admin, 'leads', { givenName: unique('An') }));
    const [first, second] = [await lead(), await lead()];
    const { conversion } = (await convert(api.admin, second.id)).expect(200);
    const { id: mergeId } = await merge(first, second);
    const path = `/v1/leads/${first.id}`;
    const get = async () => (await api.admin.get(`${path}?after=${await api.head()}`)).expect(200);
    expect(await get()).toMatchObject({ converted: true, conversions: [{ id: conversion?.id }] });
    const preview = (await api.admin.post(`${path}/conversion/preview`, {})).expect(200);
    expect(preview.warnings).toMatchObject([
      { code: 'already_converted', target: 'contact', ids: [conversion?.contactId] },
    ]);
    const audited = await api.admin.get(`/v1/conversions?leadId=${first.id}`);
    expect(audited.expect(200).items).toMatchObject([{ id: conversion?.id }]);
    await undo(mergeId);
    expect(await get()).toMatchObject({ converted: false, conversions: [] });
  });
});

describe('a contact that was converted from a survivor', () => {
  it('shows what came with the records merged into that, and it stays workable there', async () => {
    const lead = async () =>
      ref(
        'lead',
        await capture(api.admin, 'leads', { familyName: unique('Trần'), email: uniqueEmail() }),
      );
    const [first, second] = [await lead(), await lead()];
    const attachments = [{ name: 'bao-gia.txt', mediaType: 'text/plain', content: 'YQ==' }];
    const away = `/v1/leads/${second.id}`;
    const { noteId } = (await api.admin.post(`${away}/notes`, { text: 'Đã gọi.' })).expect(201);
    (await api.admin.post(`${away}/attachments`, { attachments })).expect(200);
    await merge(first, second);
    const converted = (await convert(api.admin, first.id)).expect(200);
    const path = `/v1/contacts/${converted.conversion?.contactId}`;
    const items = async (what: string) =>
      entriesOf((await api.admin.get(`${path}/${what}`)).expect(200).items);
    expect(await items('notes')).toMatchObject([{ id: noteId, home: second }]);
    const [file] = await items('attachments');
    expect(file).toMatchObject({ name: 'bao-gia.txt', record: second });
    const told = await items('timeline');
    expect(told.map(({ type }) => type)).toContain('LeadNoteAdded');
    (await api.admin.patch(`${path}/notes/${noteId}`, { text: 'Đã gặp.' })).expect(200);
    (await api.admin.delete(`${path}/attachments/${file?.id}`)).expect(200);
    expect(await items('notes')).toMatchObject([{ text: 'Đã gặp.' }]);
    expect(await items('attachments')).toEqual([]);
  });
});

describe('the audit of merges', () => {
  it('is searched by who took part, and how', async () => {
    const [a, b, c] = [await contact(), await contact(), await contact()];
    const first = await merge(a, b);
    const second = await merge(a, c);
    const listed = async (query: string) => {
      const answer = await api.admin.get(`/v1/merges?${query}&after=${await api.head()}`);
      return entriesOf(answer.expect(200).items).map(({ id }) => id);
    };
    const of = ({ type, id }: { readonly type: string; readonly id: string }) =>
      `recordType=${type}&recordId=${id}`;
    expect(await listed(of(a))).toEqual([second.id, first.id]);
    expect(await listed(`${of(a)}&as=survivor`)).toEqual([second.id, first.id]);
    expect(await listed(`${of(a)}&as=merged`)).toEqual([]);
    expect(await listed(`${of(b)}&as=merged`)).toEqual([first.id]);
    (await api.admin.get('/v1/merges?as=merged')).expect(400);
    (await api.admin.get('/v1/merges?recordType=lead')).expect(400);
  });
});
