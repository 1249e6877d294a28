import { randomUUID } from 'node:crypto';
import { type Body, entriesOf, member, type TestClient } from '../support/client.js';
import { capture } from '../support/conversions.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';

let api: TestApi;
let admin: TestClient;
beforeAll(async () => {
  api = await startApi();
  ({ admin } = api);
});
afterAll(() => api.stop());

const LEADS = '/v1/duplicates?type=lead';
const SKIPS = '/v1/duplicates/skips';

/** Clusters that the search finds, each as its key and the ids in it. */
async function found(q: string, more = '', client = admin, list = LEADS): Promise<readonly Body[]> {
  const page = await client.get(`${list}${more}&q=${encodeURIComponent(q)}`);
  return entriesOf(page.expect(200).items);
}
const idsOf = ({ members }: Body) => entriesOf(members).map(({ id }) => String(id));
const brief = (clusters: readonly Body[]) =>
  clusters.map((one) => [`${one.strength} ${one.kind}`, String(one.value), idsOf(one)]);

/** A word that no other test uses, of letters alone. */
function word(): string {
  return randomUUID().replace(/[^a-f]/g, '') + randomUUID().replace(/[^a-f]/g, '');
}
const refs = (one: string, other: string) => ({
  records: [one, other].map((id) => ({ type: 'lead', id })),
});

describe('records are listed together that share', () => {
  it('an e-mail, however it is written', async () => {
    const address = `an.${word()}@example.vn`;
    const one = await capture(admin, 'leads', { givenName: 'An', email: address });
    const spelt = `"Nguyễn An" <${address.toUpperCase()}>`;
    const other = await capture(admin, 'leads', { givenName: 'Bình', email: spelt });
    expect(brief(await found(address))).toEqual([['strong email', address, [one, other]]]);
  });

  it('a telephone number in any of five spellings', async () => {
    const spellings = [
      '0912 345 678',
      '+84 912 345 678',
      '(091) 234-5678',
      '0084912345678',
      '84912345678',
    ];
    const ids: string[] = [];
    for (const [index, phone] of spellings.entries()) {
      ids.push(await capture(admin, 'leads', { givenName: `Số ${index}`, phones: [phone] }));
    }
    expect(brief(await found('0912 345 678'))).toEqual([['strong phone', '+84912345678', ids]]);
  });

  it('an organisation, with its legal form or without', async () => {
    const name = `Minh Phát ${word()}`;
    const ids: string[] = [];
    for (const spelt of [`Công ty TNHH ${name}`, name, `${name.toUpperCase()} Co., Ltd`]) {
      ids.push(await capture(admin, 'accounts', { name: spelt }));
    }
    const clusters = await found(name, '&kind=organisation', admin, '/v1/duplicates?type=account');
    expect(brief(clusters)).toEqual([['strong organisation', name.toLowerCase(), ids]]);
    expect(entriesOf(clusters[0]?.members)[0]).toMatchObject({ name: `Công ty TNHH ${name}` });
  });

  it('a name: strongly as it is, weakly without its diacritics', async () => {
    const last = word();
    const lead = (familyName: string, givenName: string) =>
      capture(admin, 'leads', { familyName: `${familyName} ${last}`, givenName });
    const one = await lead('Nguyễn Gia', 'Khương');
    const same = await lead('NGUYỄN  GIA', 'khương');
    const strong = ['strong name', `nguyễn gia ${last} khương`, [one, same]];
    expect(brief(await found(last))).toEqual([strong]);
    const plain = await lead('Nguyen Gia', 'Khuong');
    const words = ['nguyen', 'gia', last, 'khuong'].sort().join(' ');
    const weak = ['weak name', words, [one, same, plain]];
    expect(brief(await found(last))).toEqual([strong, weak]);
    expect(brief(await found(last, '&strength=weak'))).toEqual([weak]);
    expect(brief(await found(last, '&kind=name&strength=strong'))).toEqual([strong]);
    expect(await found(last, '&kind=email')).toEqual([]);
  });

  it('and are of one type, standing', async () => {
    const email = `${word()}@example.vn`;
    const [lead, other] = [
      await capture(admin, 'leads', { email }),
      await capture(admin, 'leads', { email }),
    ];
    await capture(admin, 'contacts', { email });
    expect((await found(email)).map(idsOf)).toEqual([[lead, other]]);
    (await admin.delete(`/v1/leads/${lead}`)).expect(200);
    expect(await found(email)).toEqual([]);
    const restored = (await admin.post(`/v1/leads/${lead}/restore`)).expect(200);
    expect(await found(email, `&after=${restored.position}`)).toHaveLength(1);
  });
});

describe('a pair', () => {
  it('that is skipped is no cluster to anybody, until that is taken back', async () => {
    const email = `${word()}@example.vn`;
    const [one, other] = [
      await capture(admin, 'leads', { email }),
      await capture(admin, 'leads', { email }),
    ];
    const skipped = await admin.post(SKIPS, refs(one, other));
    const id = member(skipped.expect(201), 'id');
    expect(skipped.headers.get('location')).toBe(`${SKIPS}/${id}`);
    expect((await admin.post(SKIPS, refs(other, one))).expect(201)).toEqual(skipped.body);
    expect(await found(email)).toEqual([]);
    const list = (await admin.get(`${SKIPS}?type=lead`)).expect(200);
    const listed = entriesOf(list.items).find((entry) => entry.id === id);
    expect(entriesOf(listed?.records).map((record) => record.id)).toEqual([one, other].sort());
    (await admin.delete(`${SKIPS}/${id}`)).expect(200);
    expect((await found(email)).map(idsOf)).toEqual([[one, other]]);
    expect((await admin.get(`${SKIPS}/${id}`)).expect(200).status).toBe('withdrawn');
  });

  it('of three is named in the cluster, which stays as long as another pair is open', async () => {
    const email = `${word()}@example.vn`;
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push(await capture(admin, 'leads', { email }));
    const [a = '', b = '', c = ''] = ids;
    (await admin.post(SKIPS, refs(a, b))).expect(201);
    const [cluster] = await found(email);
    expect(cluster && idsOf(cluster)).toEqual(ids);
    expect(cluster?.skipped).toEqual([[a, b].sort()]);
    for (const [one, other] of [
      [a, c],
      [b, c],
    ] as const) {
      (await admin.post(SKIPS, refs(one, other))).expect(201);
    }
    expect(await found(email)).toEqual([]);
  });

  it('is of two records of one type that stand', async () => {
    const [lead, other] = [
      await capture(admin, 'leads', { need: 'Camera' }),
      await capture(admin, 'leads', { need: 'Camera' }),
    ];
    const contact = await capture(admin, 'contacts', { email: `${word()}@example.vn` });
    const asked = async (body: unknown) => (await admin.post(SKIPS, body)).body;
    const pairWith = (type: string, id: string) => ({
      records: [
        { type: 'lead', id: lead },
        { type, id },
      ],
    });
    expect(await asked(pairWith('lead', lead))).toMatchObject({ status: 422, code: 'same_record' });
    expect(await asked(pairWith('contact', contact))).toMatchObject({
      ...{ status: 422, code: 'different_types' },
      errors: [{ path: 'records.1.type' }],
    });
    expect(await asked(pairWith('lead', randomUUID()))).toMatchObject({
      ...{ status: 422, code: 'unknown_reference' },
      errors: [{ path: 'records.1' }],
    });
    (await admin.delete(`/v1/leads/${other}`)).expect(200);
    expect(await asked(pairWith('lead', other))).toMatchObject({
      status: 409,
      code: 'record_deleted',
    });
    expect(await asked({ ...pairWith('lead', other), note: 'x' })).toMatchObject({
      ...{ status: 400, code: 'invalid_fields' },
      errors: [{ path: 'note' }],
    });
    expect(await asked({ records: [{ type: 'lead', id: lead }] })).toMatchObject({ status: 400 });
    (await admin.delete(`${SKIPS}/${randomUUID()}`)).expect(404);
  });
});

describe('the list', () => {
  it('comes in pages, and is counted', async () => {
    const last = word();
    for (let n = 0; n < 5; n += 1) {
      for (const _ of [1, 2]) {
        await capture(admin, 'contacts', { email: `${last}.${n}@example.vn`, givenName: 'An' });
      }
    }
    const list = '/v1/duplicates?type=contact&kind=email&limit=2';
    const values: string[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const page: Body = (await admin.get(`${list}${next === '' ? '' : `&cursor=${next}`}`)).expect(
        200,
      );
      values.push(...entriesOf(page.items).map(({ value }) => String(value)));
      next = page.next as string | undefined;
    }
    expect(values).toEqual([0, 1, 2, 3, 4].map((n) => `${last}.${n}@example.vn`));
    const counts = (await admin.get('/v1/duplicates/counts?type=contact')).expect(200);
    expect(counts).toEqual({
      items: [
        { kind: 'email', strength: 'strong', count: 5 },
        { kind: 'name', strength: 'strong', count: 1 },
      ],
      complete: true,
    });
  });

  it('leaves out what too many share, which is reported by itself', async () => {
    const phones = ['028 3822 9999'];
    for (let n = 0; n <= 50; n += 1) await capture(admin, 'contacts', { phones });
    expect(await found('02838229999', '', admin, '/v1/duplicates?type=contact')).toEqual([]);
    const noise = (await admin.get('/v1/duplicates/noise?type=contact')).expect(200);
    expect(entriesOf(noise.items)).toMatchObject([
      { kind: 'phone', strength: 'strong', value: '+842838229999', count: 51 },
    ]);
    const answer = (await admin.post('/v1/contacts', { phones })).expect(201);
    expect(answer.duplicates).toEqual([]);
  });

  it.each([
    ['', 'type'],
    ['?type=activity', 'type'],
    ['?type=lead&kind=telephone', 'kind'],
    ['?type=lead&strength=very', 'strength'],
    ['?type=lead&limit=0', 'limit'],
    ['?type=lead&cursor=x', 'cursor'],
    ['?type=lead&colour=red', 'colour'],
  ])('%s is refused by the name of what is wrong', async (query, path) => {
    const refused = (await admin.get(`/v1/duplicates${query}`)).expect(400);
    expect(entriesOf(refused.errors).map((error) => error.path)).toEqual([path]);
  });
});

describe('whoever may delete', () => {
  let seller: TestUser;
  let colleague: TestUser;
  beforeAll(async () => {
    seller = await api.user(['salesperson'], [await api.team()]);
    colleague = await api.user(['salesperson'], [await api.team()]);
  });

  it('only some records sees clusters of those alone', async () => {
    const email = `${word()}@example.vn`;
    const mine = [
      await capture(seller, 'leads', { email }),
      await capture(seller, 'leads', { email }),
    ];
    const theirs = await capture(colleague, 'leads', { email });
    expect((await found(email, '', seller)).map((one) => [one.count, idsOf(one)])).toEqual([
      [2, mine],
    ]);
    expect(await found(email, '', colleague)).toEqual([]);
    expect((await found(email)).map(idsOf)).toEqual([[...mine, theirs]]);
    const counts = (await colleague.get('/v1/duplicates/counts?type=lead')).expect(200);
    expect(counts).toEqual({ items: [], complete: true });
    const [one = '', other = ''] = mine;
    expect((await seller.post(SKIPS, refs(one, theirs))).body.code).toBe('unknown_reference');
    const id = member((await seller.post(SKIPS, refs(one, other))).expect(201), 'id');
    expect(await found(email, '', seller)).toEqual([]);
    (await colleague.delete(`${SKIPS}/${id}`)).expect(404);
    (await colleague.get(`${SKIPS}/${id}`)).expect(404);
    expect(entriesOf((await colleague.get(`${SKIPS}?type=lead`)).expect(200).items)).toEqual([]);
  });

  it('no record is told so', async () => {
    const support = await api.user(['support']);
    const [one, other] = [
      await capture(admin, 'leads', { need: 'Camera' }),
      await capture(admin, 'leads', { need: 'Camera' }),
    ];
    for (const path of [LEADS, '/v1/duplicates/counts?type=lead', `${SKIPS}?type=lead`]) {
      expect((await support.get(path)).expect(403).code).toBe('forbidden');
    }
    (await support.post(SKIPS, refs(one, other))).expect(403);
  });
});

it('a capture is told of what it looks like, a moment after the other', async () => {
  const phones = ['0987 654 321'];
  const first = await capture(admin, 'leads', { phones });
  const answer = (await admin.post('/v1/leads', { phones: ['+84 987 654 321'] })).expect(201);
  expect(answer.duplicates).toEqual([{ type: 'lead', id: first, keys: ['phone'] }]);
});

it('a captured opportunity is told of others of the same e-mail', async () => {
  const email = `${word()}@example.vn`;
  const others = [
    await capture(admin, 'opportunities', { name: 'Camera', email }),
    await capture(admin, 'opportunities', { name: 'Khóa', email }),
  ];
  const answer = (await admin.post('/v1/opportunities', { name: 'Cổng', email })).expect(201);
  const told = entriesOf(answer.duplicates).map(({ id, keys }) => [id, keys]);
  expect(told.sort()).toEqual(others.map((id) => [id, ['email']]).sort());
});
