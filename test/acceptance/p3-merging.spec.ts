import { type Answer, type Body, entriesOf, type TestClient } from '../support/client.js';
import { capture, convert, found, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

type Ref = { readonly type: string; readonly id: string };
const ref = (type: string, id: string): Ref => ({ type, id });
const lead = async (body: object = {}, client = api.admin) =>
  ref('lead', await capture(client, 'leads', { givenName: unique('An'), ...body }));
const opportunity = async (body: object = {}) =>
  ref(
    'opportunity',
    await capture(api.admin, 'opportunities', { name: unique('Camera'), ...body }),
  );
const PLURALS: Readonly<Record<string, string>> = {
  lead: 'leads',
  opportunity: 'opportunities',
  contact: 'contacts',
  account: 'accounts',
};
const path = ({ type, id }: Ref) => `/v1/${PLURALS[type]}/${id}`;
const merge = (records: readonly Ref[], more: object = {}, client: TestClient = api.admin) =>
  client.post('/v1/merges', { records, ...more });
const preview = (records: readonly Ref[], more: object = {}) =>
  api.admin.post('/v1/merges/preview', { records, ...more });
const undo = (id: unknown, body: object = {}, client: TestClient = api.admin) =>
  client.post(`/v1/merges/${String(id)}/undo`, body);
const get = async (record: Ref): Promise<Body> =>
  (await api.admin.get(`${path(record)}?after=${await api.head()}`)).expect(200);
const items = async (record: Ref, what: string) =>
  entriesOf(
    (await api.admin.get(`${path(record)}/${what}?after=${await api.head()}`)).expect(200).items,
  );

describe('a merge', () => {
  it('does what its preview said: the first created survives, filled and united from the others', async () => {
    const email = uniqueEmail();
    const first = await lead({ familyName: 'Nguyễn Gia', phones: ['0912 345 678'], tags: ['VIP'] });
    const second = await lead({
      ...{ familyName: 'Trần', email, phones: ['+84912345678', '0987 654 321'] },
      ...{ tags: ['Tết'], description: 'Gọi lại.', need: 'Camera' },
    });
    const told = (await preview([second, first])).expect(200);
    expect(told).toMatchObject({ survivor: first, mergedAway: [second], obstacles: [] });
    const family = entriesOf(told.fields).find(({ field }) => field === 'familyName');
    expect(family).toMatchObject({
      candidates: [
        { record: first, value: 'Nguyễn Gia' },
        { record: second, value: 'Trần' },
      ],
      value: 'Nguyễn Gia',
    });
    const { basis } = told;
    const merged = (await merge([second, first], { basis })).expect(201);
    expect(merged).toMatchObject({ survivor: first, mergedAway: [second] });
    expect(merged.lost).toEqual(
      expect.arrayContaining([{ record: second, field: 'familyName', value: 'Trần' }]),
    );
    expect(await get(first)).toMatchObject({
      ...{ familyName: 'Nguyễn Gia', email, need: 'Camera', description: 'Gọi lại.' },
      ...{ phones: ['0912 345 678', '0987 654 321'], tags: ['VIP', 'Tết'] },
    });
    expect(await get(second)).toMatchObject({ status: 'merged', mergedInto: first });
    const listed = await found(api, 'leads', { email });
    expect(listed.map(({ id }) => id)).toEqual([first.id]);
  });

  it('of leads and opportunities ends in the first-created opportunity', async () => {
    const [a, b, c] = [await lead({ need: 'Camera' }), await opportunity(), await opportunity()];
    expect((await merge([a, c, b])).expect(201).survivor).toEqual(b);
    expect(await get(b)).toMatchObject({ need: 'Camera', type: 'opportunity' });
    const lone = await opportunity();
    (await merge([await lead(), lone], { survivor: await lead() })).expect(422);
  });

  it('takes the value that the caller picks, field by field', async () => {
    const [a, b] = [await lead({ jobTitle: 'Kế toán' }), await lead({ jobTitle: 'Giám đốc' })];
    (await merge([a, b], { choices: { jobTitle: b } })).expect(201);
    expect((await get(a)).jobTitle).toBe('Giám đốc');
  });

  it('shows notes, files, activities and links of the merged on the survivor, and they stay workable there', async () => {
    const [first, second] = [
      ref('contact', await capture(api.admin, 'contacts', { givenName: unique('Hà') })),
      ref('contact', await capture(api.admin, 'contacts', { givenName: unique('Hà') })),
    ];
    const attachments = [{ name: 'bao-gia.txt', mediaType: 'text/plain', content: 'YQ==' }];
    const noted = await api.admin.post(`${path(second)}/notes`, { text: 'Đã gọi.', attachments });
    const { noteId } = noted.expect(201);
    const planned = { kind: 'task', subject: 'Gọi lại', links: [second] };
    const { id: activityId } = (await api.admin.post('/v1/activities', planned)).expect(201);
    const deal = await opportunity({ contactId: second.id });
    const { id: mergeId } = (await merge([first, second])).expect(201);
    expect(await items(first, 'notes')).toMatchObject([{ id: noteId, text: 'Đã gọi.' }]);
    expect(await items(first, 'attachments')).toMatchObject([{ name: 'bao-gia.txt' }]);
    expect(await items(first, 'activities')).toMatchObject([{ id: activityId }]);
    expect(await get(deal)).toMatchObject({ contactId: first.id });
    const deals = await found(api, 'opportunities', { contactId: first.id });
    expect(deals.map(({ id }) => id)).toEqual([deal.id]);
    (await api.admin.patch(`${path(first)}/notes/${noteId}`, { text: 'Đã gặp.' })).expect(200);
    (await api.admin.post(`/v1/activities/${activityId}/completion`, {})).expect(200);
    (await undo(mergeId)).expect(200);
    expect(await items(first, 'notes')).toEqual([]);
    expect(await items(second, 'notes')).toMatchObject([{ id: noteId, text: 'Đã gặp.' }]);
    expect(await items(second, 'activities')).toMatchObject([{ id: activityId, status: 'done' }]);
    expect(await get(deal)).toMatchObject({ contactId: second.id });
  });

  it('tells the histories of all in the survivor’s timeline, with their origin and the values that lost', async () => {
    const [first, second] = [await lead(), await lead({ jobTitle: 'Kế toán' })];
    (await api.admin.patch(path(first), { jobTitle: 'Giám đốc' })).expect(200);
    const { id } = (await merge([first, second])).expect(201);
    const told = await items(first, 'timeline');
    expect(told.map(({ type }) => type)).toEqual([
      ...['LeadMergeCompleted', 'LeadMergedAway', 'LeadRecordsMerged'],
      ...['LeadEdited', 'LeadCaptured', 'LeadCaptured'],
    ]);
    expect(told.find(({ type }) => type === 'LeadMergedAway')).toMatchObject({ origin: second });
    expect(told.find(({ type }) => type === 'LeadRecordsMerged')).toMatchObject({
      lost: expect.arrayContaining([
        expect.objectContaining({ record: second, field: 'jobTitle', value: 'Kế toán' }),
      ]),
    });
    (await undo(id)).expect(200);
    const types = (await items(second, 'timeline')).map(({ type }) => type);
    expect(types).toEqual(['LeadUnmerged', 'LeadMergedAway', 'LeadCaptured']);
    const own = (await items(first, 'timeline')).map(({ type }) => type);
    expect(own).not.toContain('LeadMergedAway');
    expect(own.filter((type) => type === 'LeadCaptured')).toHaveLength(1);
  });

  it('answers for the merged-away with the survivor for ever, through chains', async () => {
    const [a, b, c] = [await lead(), await lead(), await lead()];
    (await merge([a, b], { survivor: b })).expect(201);
    (await merge([b, c], { survivor: c })).expect(201);
    expect(await get(a)).toMatchObject({ status: 'merged', mergedInto: c });
    const refused = (await api.admin.patch(path(a), { need: 'Camera' })).expect(409);
    expect(refused).toMatchObject({ code: 'record_merged', survivor: c });
    const conversion = (await convert(api.admin, a.id)).expect(409);
    expect(conversion).toMatchObject({ code: 'record_merged', survivor: c });
  });

  it('tells owners of records that were merged away, and whoever asks of the merge itself', async () => {
    const seller = await api.user(['salesperson']);
    const [a, b] = [await lead(), await lead({ ownerId: seller.id })];
    const { id, position } = (await merge([a, b])).expect(201);
    const inbox = (await seller.get(`/v1/notifications?after=${position}`)).expect(200);
    expect(entriesOf(inbox.items)[0]).toMatchObject({ kind: 'merge-owner', record: a, about: [b] });
    const told = (await api.admin.get(`/v1/merges/${id}?after=${position}`)).expect(200);
    expect(told).toMatchObject({ id, survivor: a, records: [b], completed: true });
    const audit = (await api.admin.get(`/v1/merges?after=${position}`)).expect(200);
    expect(entriesOf(audit.items).map((one) => one.id)).toContain(id);
  });
});

describe('a merge that cannot be', () => {
  const refusedWithout = async (asked: Promise<Answer>, status: number, code: string) => {
    const answer = (await asked).expect(status);
    expect(answer.code).toBe(code);
    return answer;
  };

  it.each([
    ['one record alone', async () => [await lead()], 400, 'invalid_fields'],
    [
      'a record with itself',
      async () => {
        const one = await lead();
        return [one, one];
      },
      422,
      'merged_into_itself',
    ],
    [
      'a lead with a contact',
      async () => [
        await lead(),
        ref('contact', await capture(api.admin, 'contacts', { givenName: 'Hà' })),
      ],
      422,
      'different_families',
    ],
    [
      'a record that is not there',
      async () => [await lead(), ref('lead', '99999999-9999-4999-8999-999999999999')],
      404,
      'record_not_found',
    ],
    [
      'a deleted record',
      async () => {
        const gone = await lead();
        (await api.admin.delete(path(gone))).expect(200);
        return [await lead(), gone];
      },
      409,
      'record_deleted',
    ],
  ] as const)('of %s is refused, and leaves no event behind', async (_what, make, status, code) => {
    const records = await make();
    const before = await api.head();
    const answer = await refusedWithout(merge(records), status, code);
    expect(entriesOf(answer.errors).length).toBeGreaterThan(0);
    expect(await api.head()).toBe(before);
  });

  it('is refused to whoever may not delete what it takes away', async () => {
    const team = await api.team();
    const seller = await api.user(['salesperson'], [team]);
    const mine = await lead({}, seller);
    const theirs = await lead({ teamId: team });
    (await merge([mine, theirs], {}, seller)).expect(403);
    (await merge([mine, await lead()], {}, seller)).expect(404);
    (await merge([mine, theirs], {}, await api.user(['support']))).expect(403);
    (await merge([mine, await lead({}, seller)], {}, seller)).expect(201);
    // An integration edits all records, a salesperson deletes the own ones.
    const both = await api.user(['integration', 'salesperson']);
    const survivor = await lead();
    (await merge([survivor, await lead({}, both)], {}, both)).expect(201);
    (await merge([await lead({}, both), await lead()], {}, both)).expect(403);
  });

  it('has one effect however often it is sent under one key', async () => {
    const records = [await lead(), await lead()];
    const headers = { 'idempotency-key': unique('merge').replace(' ', '-') };
    const send = () => api.admin.post('/v1/merges', { records }, headers);
    const [one, two] = await Promise.all([send(), send()]);
    expect(one.expect(201)).toEqual(two.expect(201));
    expect((await send()).body).toEqual(one.body);
    const others = { records: [await lead(), await lead()] };
    const before = await api.head();
    const reused = (await api.admin.post('/v1/merges', others, headers)).expect(422);
    expect(reused).toMatchObject({ code: 'idempotency_key_reused' });
    expect(await api.head()).toBe(before);
  });
});

describe('undoing a merge', () => {
  it('restores what each had, keeps what came since, and leaves conflicts to the caller', async () => {
    const [a, b] = [await lead(), await lead({ jobTitle: 'Kế toán', need: 'Camera', tags: ['x'] })];
    const { id } = (await merge([a, b])).expect(201);
    (await api.admin.patch(path(a), { jobTitle: 'Giám đốc', source: 'Web' })).expect(200);
    const told = (await api.admin.post(`/v1/merges/${id}/undo/preview`, {})).expect(200);
    expect(told).toMatchObject({
      restores: [b],
      changes: [{ field: 'need', from: 'Camera' }],
      removedTags: ['x'],
      conflicts: [{ field: 'jobTitle', current: 'Giám đốc', merged: 'Kế toán', decision: 'keep' }],
      stays: [{ type: 'LeadEdited' }],
    });
    const { basis } = told;
    const done = (await undo(id, { basis })).expect(200);
    expect(done).toMatchObject({ survivor: a, restored: [b], kept: ['jobTitle'] });
    const survivor = await get(a);
    expect(survivor).toMatchObject({ jobTitle: 'Giám đốc', source: 'Web', tags: [] });
    expect(survivor.need).toBeUndefined();
    expect(await get(b)).toMatchObject({ status: 'open', jobTitle: 'Kế toán', tags: ['x'] });
    expect((await undo(id)).expect(409).code).toBe('already_undone');
    (await merge([a, b])).expect(201);
  });

  it('works after the survivor was converted, won or deleted', async () => {
    const [a, b] = [await lead({ email: uniqueEmail() }), await lead({ need: 'Camera' })];
    const first = (await merge([a, b])).expect(201);
    (await convert(api.admin, a.id)).expect(200);
    (await undo(first.id)).expect(200);
    expect(await get(b)).toMatchObject({ status: 'open', need: 'Camera' });
    expect((await get(a)).converted).toBe(true);

    const [c, d] = [await opportunity(), await opportunity({ need: 'Camera' })];
    const second = (await merge([c, d])).expect(201);
    (await api.admin.post(`${path(c)}/win`, {})).expect(200);
    (await undo(second.id)).expect(200);
    expect(await get(c)).toMatchObject({ status: 'won' });
    expect(await get(d)).toMatchObject({ status: 'open', need: 'Camera' });

    const [e, f] = [await lead(), await lead()];
    const third = (await merge([e, f])).expect(201);
    (await api.admin.delete(path(e))).expect(200);
    (await undo(third.id)).expect(200);
    expect([(await get(e)).status, (await get(f)).status]).toEqual(['deleted', 'open']);
  });

  it('is refused to whoever may not see or treat the survivor, and for what is no merge', async () => {
    const { id } = (await merge([await lead(), await lead()])).expect(201);
    const seller = await api.user(['salesperson']);
    expect((await undo(id, {}, seller)).expect(404).code).toBe('merge_not_found');
    (await undo('99999999-9999-4999-8999-999999999999')).expect(404);
    const odd = (await undo(id, { conflicts: { need: 'revert' } })).expect(422);
    expect(entriesOf(odd.errors)[0]?.path).toBe('conflicts.need');
  });
});

describe('converting a lead whose e-mail another record has', () => {
  it('suggests a merge, does it when asked, and shows the lead on the survivor', async () => {
    const email = uniqueEmail();
    const deal = await opportunity({ email });
    const own = await lead({ email, need: 'Camera' });
    const conversion = `${path(own)}/conversion`;
    const told = (await api.admin.post(`${conversion}/preview`, {})).expect(200);
    expect(told.suggestions).toMatchObject({ opportunity: { action: 'merge', into: deal } });
    expect(entriesOf(told.candidates?.salesByEmail)).toMatchObject([deal]);
    const choices = { opportunity: { action: 'merge', into: deal } };
    const { basis, plan } = (await api.admin.post(`${conversion}/preview`, choices)).expect(200);
    expect(plan).toMatchObject({ merge: { survivor: deal, mergedAway: [own] } });
    const done = (await convert(api.admin, own.id, { ...choices, basis })).expect(200);
    expect(done.conversion).toMatchObject({
      actions: { contact: 'create', opportunity: 'merge' },
      opportunityId: deal.id,
    });
    const contactId = done.conversion?.contactId;
    expect(await get(deal)).toMatchObject({ need: 'Camera', contactId });
    expect(await get(own)).toMatchObject({ status: 'merged', mergedInto: deal });
    const types = (await items(deal, 'timeline')).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['LeadConverted', 'OpportunityRecordsMerged']));
    (await undo(done.conversion?.merge?.id)).expect(200);
    expect((await get(own)).status).toBe('open');
    expect((await get(deal)).contactId).toBeUndefined();
  });

  it('converts plainly unless asked, and asks which when several have it', async () => {
    const email = uniqueEmail();
    const [first, second, own] = [
      await lead({ email }),
      await lead({ email }),
      await lead({ email }),
    ];
    const unclear = await convert(api.admin, own.id, { opportunity: { action: 'merge' } });
    expect(unclear.expect(409)).toMatchObject({
      code: 'choice_needed',
      candidates: [first, second],
      errors: [{ path: 'opportunity.into' }],
    });
    (await convert(api.admin, own.id, { opportunity: { action: 'create' } })).expect(200);
    expect((await get(own)).status).toBe('open');
  });
});
