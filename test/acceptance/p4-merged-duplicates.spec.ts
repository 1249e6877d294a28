import { randomUUID } from 'node:crypto';
import { entriesOf, member, type TestClient } from '../support/client.js';
import { capture, convert, preview } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
let admin: TestClient;
beforeAll(async () => {
  api = await startApi();
  ({ admin } = api);
});
afterAll(() => api.stop());

/** A word that no other test uses, of letters alone. */
function word(): string {
  return randomUUID().replace(/[^a-f]/g, '') + randomUUID().replace(/[^a-f]/g, '');
}

let taxCodes = 0;
function taxCode(): string {
  taxCodes += 1;
  return `03${String(taxCodes).padStart(8, '0')}`;
}

type Ref = { readonly type: string; readonly id: string };
const ref = (type: string, id: string): Ref => ({ type, id });

/** Merges into the first, and answers the id of the merge once the lists have it. */
async function merge(survivor: Ref, ...others: readonly Ref[]): Promise<string> {
  const merged = await admin.post('/v1/merges', { records: [survivor, ...others], survivor });
  const mergeId = member(merged.expect(201), 'id');
  await shown('lead', '');
  return mergeId;
}

async function undo(mergeId: string): Promise<void> {
  (await admin.post(`/v1/merges/${mergeId}/undo`, {})).expect(200);
  await shown('lead', '');
}

/** Clusters that the search finds, as of everything written so far: who is in them, and which pairs are skipped. */
async function shown(type: string, q: string): Promise<readonly unknown[]> {
  const query = `type=${type}&strength=strong&q=${encodeURIComponent(q)}`;
  const page = await admin.get(`/v1/duplicates?${query}&after=${await api.head()}`);
  return entriesOf(page.expect(200).items).map(({ kind, count, members, skipped }) => ({
    ...{ kind, count, skipped },
    ids: entriesOf(members).map(({ id }) => id),
  }));
}

/** What a capture is told that it looks like. */
async function told(plural: string, body: object, client = admin): Promise<unknown> {
  return (await client.post(`/v1/${plural}`, body)).expect(201).duplicates;
}

describe('whoever looks like a record that was merged away', () => {
  it('is told of the survivor at capture, through chains, and of the record itself after an undo', async () => {
    const name = word();
    const body = { name: `Công ty TNHH ${name}`, taxCode: taxCode() };
    const [last, middle, away] = [
      ref('account', await capture(admin, 'accounts', { name: word(), taxCode: taxCode() })),
      ref('account', await capture(admin, 'accounts', { name: word(), taxCode: taxCode() })),
      ref('account', await capture(admin, 'accounts', body)),
    ] as const;
    const first = await merge(middle, away);
    const second = await merge(last, middle);
    const keys = ['organisation', 'tax-code'];
    const twin = { name: name.toUpperCase(), taxCode: body.taxCode };
    const captured = (await admin.post('/v1/accounts', twin)).expect(201);
    expect(captured.duplicates).toEqual([{ ...last, keys }]);
    (await admin.delete(`/v1/accounts/${captured.id}`)).expect(200);
    await undo(second);
    expect(await told('accounts', { name })).toEqual([{ ...middle, keys: ['organisation'] }]);
    await undo(first);
    expect(await told('accounts', { name: word(), taxCode: body.taxCode })).toEqual([
      { ...away, keys: ['tax-code'] },
    ]);
  });

  it('is listed beside the survivor', async () => {
    const name = word();
    const kept = ref('account', await capture(admin, 'accounts', { name: word() }));
    await merge(kept, ref('account', await capture(admin, 'accounts', { name })));
    expect(await shown('account', name)).toEqual([]);
    const id = await capture(admin, 'accounts', { name: `${name} JSC` });
    expect(await shown('account', name)).toEqual([
      { kind: 'organisation', count: 2, skipped: [], ids: [kept.id, id] },
    ]);
  });

  it('is told of the opportunity that a lead was merged into, if it may be read', async () => {
    const email = `${word()}@example.vn`;
    const deal = ref('opportunity', await capture(admin, 'opportunities', { name: word() }));
    await merge(deal, ref('lead', await capture(admin, 'leads', { email })));
    const seller = await api.user(['salesperson'], [await api.team()]);
    const mine = { email, givenName: 'An' };
    expect(await told('leads', mine, seller)).toEqual([]);
    expect(await told('leads', { email })).toContainEqual({ ...deal, keys: ['email'] });
  });

  it('is converted into the survivor', async () => {
    const organisation = word();
    const kept = ref('account', await capture(admin, 'accounts', { name: word() }));
    await merge(kept, ref('account', await capture(admin, 'accounts', { name: organisation })));
    const lead = await capture(admin, 'leads', { givenName: 'An', organisation });
    expect((await preview(admin, lead)).expect(200)).toMatchObject({
      suggestions: { account: { action: 'update', id: kept.id } },
    });
    expect((await convert(admin, lead)).expect(200).conversion).toMatchObject({
      accountId: kept.id,
    });
  });
});

describe('a pair that is no duplicate', () => {
  it('is none after one of the two was merged, until that is taken back', async () => {
    const familyName = word();
    const lead = async (more: object = {}) =>
      ref('lead', await capture(admin, 'leads', { familyName, givenName: 'An', ...more }));
    const [away, other] = [await lead(), await lead()];
    const records = [away, other];
    const skipId = member(
      (await admin.post('/v1/duplicates/skips', { records })).expect(201),
      'id',
    );
    const kept = await lead({ familyName: word() });
    const mergeId = await merge(kept, away);
    expect(await shown('lead', familyName)).toEqual([]);
    const third = await lead();
    expect(await shown('lead', familyName)).toEqual([
      {
        ...{ kind: 'name', count: 3, ids: [other.id, kept.id, third.id] },
        skipped: [[other.id, kept.id].sort()],
      },
    ]);
    (await admin.delete(`/v1/duplicates/skips/${skipId}`)).expect(200);
    expect(await shown('lead', familyName)).toMatchObject([{ count: 3, skipped: [] }]);
    await undo(mergeId);
    expect(await shown('lead', familyName)).toMatchObject([
      { ids: [away.id, other.id, third.id], skipped: [] },
    ]);
  });
});
