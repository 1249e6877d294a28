import { entriesOf, type TestClient } from '../support/client.js';
import { capture, convert, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

type Ref = { readonly type: string; readonly id: string };
const PLURALS: Readonly<Record<string, string>> = { lead: 'leads', opportunity: 'opportunities' };
const path = ({ type, id }: Ref) => `/v1/${PLURALS[type]}/${id}`;
const lead = async (body: object = {}, client: TestClient = api.admin): Promise<Ref> => ({
  type: 'lead',
  id: await capture(client, 'leads', { givenName: unique('An'), ...body }),
});
const get = async (record: Ref) =>
  (await api.admin.get(`${path(record)}?after=${await api.head()}`)).expect(200);
const merge = async (records: readonly Ref[], survivor: Ref, client: TestClient = api.admin) => {
  const { id } = (await client.post('/v1/merges', { records, survivor })).expect(201);
  return String(id);
};
const preview = (id: string, body: object = {}, client: TestClient = api.admin) =>
  client.post(`/v1/merges/${id}/undo/preview`, body);
const undo = (id: string, body: object = {}, client: TestClient = api.admin) =>
  client.post(`/v1/merges/${id}/undo`, body);

describe('undoing the first merge of a chain, B into A, A into C', () => {
  const needed = { need: 'Camera', phones: ['0912 345 678'], tags: ['vipB'] };

  describe('which one salesperson merged, into a record of another', () => {
    let [one, other, manager]: TestUser[] = [];
    let teams: string[] = [];
    beforeAll(async () => {
      teams = [await api.team(), await api.team()];
      one = await api.user(['salesperson'], teams.slice(0, 1));
      other = await api.user(['salesperson'], teams.slice(1));
      manager = await api.user(['manager'], teams);
    });

    async function chain(owner: TestUser) {
      const [a, b] = [await lead({}, one), await lead(needed, one)];
      const c = await lead({}, owner);
      const inner = await merge([a, b], a, one);
      await merge([a, c], c);
      return { a, b, c, inner };
    }
    /** Refused to both, in the same words, with no event left behind. */
    async function refused(inner: string, by: TestUser, status: number, code: string) {
      const before = await api.head();
      for (const asked of [await preview(inner, {}, by), await undo(inner, {}, by)]) {
        expect(asked.expect(status).code).toBe(code);
      }
      expect(await api.head()).toBe(before);
    }

    it('is not there for whoever may not see what it changes', async () => {
      if (!one || !other) throw new Error('There is nobody.');
      const { b, c, inner } = await chain(other);
      (await one.get(path(c))).expect(404);
      await refused(inner, one, 404, 'merge_not_found');
      const told = (await preview(inner, {}, one)).text;
      expect(told).not.toContain(c.id);
      await refused(inner, other, 404, 'merge_not_found');
      expect(await get(c)).toMatchObject({ need: 'Camera', tags: ['vipB'] });
      expect((await get(b)).status).toBe('merged');
    });

    it('is forbidden to whoever sees it and may not edit it', async () => {
      if (!one) throw new Error('There is nobody.');
      const colleague = await api.user(['salesperson'], teams.slice(0, 1));
      const { c, inner } = await chain(colleague);
      (await one.get(path(c))).expect(200);
      await refused(inner, one, 403, 'forbidden');
      await refused(inner, colleague, 403, 'forbidden');
    });

    it('is open to whoever may edit all of them', async () => {
      if (!one || !other || !manager) throw new Error('There is nobody.');
      const first = await chain(other);
      (await api.admin.post(`${path(first.c)}/assignment`, { ownerId: one.id })).expect(200);
      (await one.get(`/v1/merges/${first.inner}?after=${await api.head()}`)).expect(200);
      expect((await preview(first.inner, {}, one)).expect(200).livingEnd).toEqual(first.c);
      (await undo(first.inner, {}, one)).expect(200);
      expect(await get(first.b)).toMatchObject({ status: 'open', need: 'Camera', tags: ['vipB'] });
      const c = await get(first.c);
      expect(c).toMatchObject({ tags: [] });
      expect([c.need, c.phones]).toEqual([undefined, undefined]);

      const second = await chain(other);
      (await undo(second.inner, {}, manager)).expect(200);
      expect((await get(second.b)).status).toBe('open');
    });
  });

  async function edited() {
    const [a, b, c] = [await lead(), await lead({ title: 'T', ...needed }), await lead()];
    const inner = await merge([a, b], a);
    const outer = await merge([a, c], c);
    (await api.admin.patch(path(c), { title: 'T2', description: 'Gọi lại.' })).expect(200);
    return { a, b, c, inner, outer };
  }

  it('tells what it changes, what stays and what is in conflict on every record', async () => {
    const { a, b, c, inner } = await edited();
    const told = (await preview(inner)).expect(200);
    expect(told).toMatchObject({
      ...{ survivor: a, livingEnd: c, restores: [b], removedTags: ['vipB'] },
      above: [{ record: c, removedTags: ['vipB'] }],
      conflicts: [{ record: c, field: 'title', current: 'T2', merged: 'T', decision: 'keep' }],
    });
    const changes = entriesOf(told.changes).map(({ record, field }) => [record, field]);
    expect(changes).toEqual(
      expect.arrayContaining([
        ...['title', 'need', 'phones'].map((field) => [a, field]),
        ...['need', 'phones'].map((field) => [c, field]),
      ]),
    );
    expect(changes).toHaveLength(5);
    expect(entriesOf(told.stays)).toMatchObject([
      { record: a, type: 'LeadMergedAway' },
      { record: c, type: 'LeadEdited' },
    ]);
  });

  it('keeps what the caller does not decide, and says so of every record', async () => {
    const { a, b, c, inner } = await edited();
    const { basis } = (await preview(inner)).expect(200);
    const done = (await undo(inner, { basis })).expect(200);
    expect(done).toMatchObject({
      ...{ survivor: a, restored: [b], kept: [], above: [{ record: c, kept: ['title'] }] },
    });
    expect(await get(c)).toMatchObject({ title: 'T2', description: 'Gọi lại.', tags: [] });
    expect(await get(b)).toMatchObject({ status: 'open', title: 'T', ...needed });
  });

  it.each([
    ['by field', () => ({ title: 'revert' })],
    ['by record', (c: Ref) => [{ record: c, field: 'title', decision: 'revert' }]],
  ])('takes back what the caller decides %s', async (_how, decide) => {
    const { b, c, inner, outer } = await edited();
    const conflicts = decide(c);
    const told = (await preview(inner, { conflicts })).expect(200);
    expect(told.conflicts).toMatchObject([{ record: c, field: 'title', decision: 'revert' }]);
    const done = (await undo(inner, { conflicts, basis: told.basis })).expect(200);
    expect(done.above).toEqual([{ record: c, kept: [] }]);
    const end = await get(c);
    expect([end.title, end.need, end.description]).toEqual([undefined, undefined, 'Gọi lại.']);
    expect((await get(b)).title).toBe('T');
    (await undo(outer)).expect(200);
  });

  it('is refused when the end of the chain was edited since the preview', async () => {
    const { b, c, inner } = await edited();
    const { basis } = (await preview(inner)).expect(200);
    (await api.admin.patch(path(c), { title: 'T3' })).expect(200);
    const before = await api.head();
    expect((await undo(inner, { basis })).expect(409).code).toBe('stale_preview');
    expect(await api.head()).toBe(before);
    expect((await get(b)).status).toBe('merged');
  });

  it('names by its path what in the decisions cannot be', async () => {
    const { a, c, inner } = await edited();
    const before = await api.head();
    const asked = async (conflicts: unknown, status: number) => {
      const { code, errors } = (await undo(inner, { conflicts })).expect(status);
      return [code, entriesOf(errors).map((one) => one.path)];
    };
    const one = { record: c, field: 'title', decision: 'revert' };
    const cases = [
      [{ title: 'revert', need: 'keep' }, 422, 'unknown_conflict', 'conflicts.need'],
      [[one, { ...one, record: a }], 422, 'unknown_conflict', 'conflicts.1'],
      [[one, one], 422, 'decided_twice', 'conflicts.1'],
      [{ title: 'maybe' }, 400, 'invalid_fields', 'conflicts.title'],
      [[{ ...one, decision: 'maybe' }], 400, 'invalid_fields', 'conflicts.0.decision'],
      ['revert', 400, 'invalid_fields', 'conflicts'],
    ] as const;
    for (const [conflicts, status, code, at] of cases) {
      expect(await asked(conflicts, status)).toEqual([code, [at]]);
    }
    expect(await api.head()).toBe(before);
  });

  it('works after the end of the chain was converted, or won', async () => {
    const { b, c, inner } = await edited();
    (await api.admin.patch(path(c), { email: uniqueEmail() })).expect(200);
    (await convert(api.admin, c.id)).expect(200);
    (await undo(inner, { conflicts: { title: 'revert' } })).expect(200);
    const converted = await get(c);
    expect([converted.converted, converted.title, converted.need]).toEqual([
      ...[true, undefined, undefined],
    ]);
    expect((await get(b)).status).toBe('open');

    const deal = { type: 'opportunity', id: '' };
    deal.id = await capture(api.admin, 'opportunities', { name: unique('Camera') });
    const [first, second] = [await lead(), await lead({ need: 'Camera' })];
    const merged = await merge([first, second], first);
    await merge([first, deal], deal);
    (await api.admin.post(`${path(deal)}/win`, {})).expect(200);
    (await api.admin.patch(path(deal), { need: 'Khóa' })).expect(200);
    const told = (await preview(merged)).expect(200);
    expect(told.conflicts).toMatchObject([{ record: deal, field: 'need', current: 'Khóa' }]);
    (await undo(merged, { conflicts: { need: 'revert' } })).expect(200);
    const won = await get(deal);
    expect([won.status, won.need]).toEqual(['won', undefined]);
  });
});
