import { setTimeout as pause } from 'node:timers/promises';
import { type Body, entriesOf, member, type TestClient } from '../support/client.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const CSV = { 'content-type': 'text/csv' };

async function announced(body: object, as: TestClient = api.admin): Promise<string> {
  const answer = (await as.post('/v1/imports', body)).expect(201);
  expect(answer.upload).toBe(`/v1/imports/${answer.id}/content`);
  return member(answer, 'id');
}

const sent = (id: string, content: string | Uint8Array, as: TestClient = api.admin) =>
  as.send('PUT', `/v1/imports/${id}/content`, content, CSV);

async function ended(id: string, as: TestClient = api.admin): Promise<Body> {
  for (;;) {
    const shown = (await as.get(`/v1/imports/${id}`)).expect(200);
    if (shown.state !== 'running') return shown;
    await pause(10);
  }
}

async function imported(body: object, content: string | Uint8Array, as = api.admin): Promise<Body> {
  const id = await announced(body, as);
  (await sent(id, content, as)).expect(202);
  return ended(id, as);
}

const found = async (plural: string, filter: object, after: Body | undefined) => {
  const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&after=${after}`;
  return entriesOf((await api.admin.get(`/v1/${plural}?${query}`)).expect(200).items);
};

const PEOPLE = [
  'Tên;Họ và đệm;Email;Điện thoại;Nguồn gốc;Mã bên ngoài',
  'Khương;Nguyễn Gia;khuong@import.example.vn;0912 345 678;Website;P-1',
  'Lan;"Trần; Thị";LAN@import.example.vn;+84 28 3822 1234;Zalo;P-2',
].join('\r\n');

/** Of a store whose positions are its own. */
async function eventsAfter(position: number) {
  const events = await api.ledger.stores.log.readAll({ direction: 'backwards', limit: 50 });
  return events.filter((event) => event.position > position).reverse();
}

describe('a CSV file', () => {
  it('becomes leads by its Vietnamese headers, semicolons and byte order mark and all', async () => {
    const shown = await imported({ recordType: 'lead' }, `\uFEFF${PEOPLE}\r\n`);
    expect(shown).toMatchObject({
      ...{ state: 'done', created: 2, failed: 0, dryRun: false },
      rows: { total: 2, done: 2 },
      file: { delimiter: ';', unmapped: [] },
      ratePerSecond: expect.any(Number),
    });
    const [lan] = await found('leads', { externalId: 'P-2' }, shown.position);
    expect(lan).toMatchObject({ givenName: 'Lan', familyName: 'Trần; Thị', source: 'Zalo' });
  });

  it('imported twice is imported once', async () => {
    const head = await api.head();
    const again = await imported({ recordType: 'lead' }, PEOPLE);
    expect(again).toMatchObject({ state: 'done', created: 0, unchanged: 2 });
    const events = await eventsAfter(head);
    expect(events.filter(({ stream }) => !stream.startsWith('import-'))).toEqual([]);
  });

  it('takes values of catalogues by value or label, and tells the rows that have others', async () => {
    const entry = { value: 'thuê', label: { en: 'Renting', vi: 'Thuê máy' } };
    (await api.admin.post('/v1/settings/catalogues/need/entries', entry)).expect(200);
    const content = 'Tên,Nhu cầu\nÁnh,THUÊ máy\nBình,Mua đứt\n';
    for (const dryRun of [true, false]) {
      const shown = await imported({ recordType: 'lead', options: { dryRun } }, content);
      expect(shown).toMatchObject({ state: 'done', created: 1, failed: 1 });
      const { items } = (await api.admin.get(`/v1/imports/${shown.id}/errors`)).expect(200);
      expect(items).toMatchObject([
        { line: 3, column: 'Nhu cầu', field: 'need', code: 'unknown_catalogue_value' },
      ]);
    }
    (await api.admin.delete('/v1/settings/catalogues/need/entries/thuê')).expect(200);
  });

  it('becomes accounts with custom fields, dates of its own, owners by e-mail and by name', async () => {
    const field = { recordType: 'account', key: 'revenue', type: 'money' };
    const label = { en: 'Revenue', vi: 'Doanh thu' };
    const defined = await api.admin.post('/v1/settings/custom-fields', { ...field, label });
    expect(defined.status).toBeLessThan(300);
    const thu = await api.user(['salesperson']);
    const { email } = api.ledger.people.user(thu.id) ?? {};
    const content = `Công ty\tOwner\tRevenue\tSince\nFPT Nhập khẩu\t${email}\t1.234,50\t1/3/2017\n`;
    const shown = await imported(
      {
        recordType: 'account',
        mapping: {
          name: 'Công ty',
          owner: 'Owner',
          'custom.revenue': { column: 'Revenue', currency: 'USD', decimal: ',' },
          occurredAt: { column: 'Since', dateFormat: 'd/M/yyyy', timeZone: 'Asia/Ho_Chi_Minh' },
          source: { value: 'Nhập tệp' },
        },
      },
      content,
    );
    expect(shown).toMatchObject({ state: 'done', created: 1 });
    const [account] = await found('accounts', { name: 'FPT Nhập khẩu' }, shown.position);
    expect(account).toMatchObject({
      ...{ ownerId: thu.id, source: 'Nhập tệp', createdAt: '2017-02-28T17:00:00.000Z' },
      custom: { revenue: { amount: 123_450, currency: 'USD' } },
    });
  });

  it('tells what is wrong with which line, also behind quoted line breaks', async () => {
    const content = [
      'givenName,email,phones,need',
      '"Người, mới",moi@import.example.vn,,"Camera"',
      'Hai,hai@import.example.vn,,"một\nhai\nba"',
      'Ba,không phải,12,x',
    ].join('\n');
    const shown = await imported({ recordType: 'lead' }, content);
    expect(shown).toMatchObject({ state: 'done', created: 1, failed: 2 });
    const errors = await api.admin.get(`/v1/imports/${shown.id}/errors`);
    expect(entriesOf(errors.expect(200).items)).toMatchObject([
      { line: 3, column: 'need', field: 'need', code: 'control_character' },
      { line: 6, column: 'email', field: 'email', code: 'invalid_email' },
      { line: 6, column: 'phones', field: 'phones.0', code: 'invalid_phone' },
    ]);
    expect(errors.text).not.toContain('không phải');
  });

  it('names the records and lines that its rows look like', async () => {
    const [khuong] = await found('leads', { externalId: 'P-1' }, await position());
    const content =
      'givenName,email\nKhuong,KHUONG@import.example.vn\nK,khuong@import.example.vn\n';
    const body = { recordType: 'lead', options: { dryRun: true } };
    const shown = await imported(body, content);
    expect(shown).toMatchObject({ created: 2, duplicates: 2 });
    const duplicates = (await api.admin.get(`/v1/imports/${shown.id}/duplicates`)).expect(200);
    expect(entriesOf(duplicates.items)).toMatchObject([
      { line: 2, keys: ['email'], records: [{ type: 'lead', id: khuong?.id }], lines: [] },
      { line: 3, keys: ['email'], lines: [2] },
    ]);
    const skipped = await imported({ ...body, options: { skipDuplicates: true } }, content);
    expect(skipped).toMatchObject({ created: 0, skipped: 2 });
  });

  it('in a dry run writes no event of a record', async () => {
    const head = await api.head();
    const body = { recordType: 'contact', options: { dryRun: true } };
    const shown = await imported(body, 'givenName,email\nAn,an@import.example.vn\nB,bad\n');
    expect(shown).toMatchObject({ state: 'done', dryRun: true, created: 1, failed: 1 });
    const events = await eventsAfter(head);
    expect(events.filter(({ stream }) => !stream.startsWith('import-'))).toEqual([]);
  });

  async function position(): Promise<Body> {
    return (await api.head()) as unknown as Body;
  }
});

describe('an import is refused', () => {
  const paths = (body: Body) => entriesOf(body.errors).map(({ path, code }) => [path, code]);

  it('for targets that are none, naming them', async () => {
    const mapping = { nosuch: 'A', 'custom.nosuch': 'B', email: 'C' };
    const answer = await api.admin.post('/v1/imports', { recordType: 'lead', mapping });
    expect(paths(answer.expect(400))).toEqual([
      ['mapping.nosuch', 'unknown_field'],
      ['mapping.custom.nosuch', 'unknown_field'],
    ]);
  });

  it.each([
    [{ recordType: 'team' }, 'recordType'],
    [{ recordType: 'lead', mapping: { email: { column: 'A', value: 'B' } } }, 'mapping.email'],
    [{ recordType: 'lead', options: { dryRun: 'yes' } }, 'options.dryRun'],
    [{ recordType: 'lead', options: { shoeSize: 42 } }, 'options.shoeSize'],
    [{ recordType: 'lead', file: 'x' }, 'file'],
  ])('for %j', async (body, path) => {
    const answer = await api.admin.post('/v1/imports', body);
    expect(paths(answer.expect(400)).map(([first]) => first)).toContain(path);
  });

  it('for columns that the file does not have, naming them', async () => {
    const id = await announced({ recordType: 'lead', mapping: { email: 'Mail', title: 'T' } });
    const refused = (await sent(id, 'T,E-Mail\nAnh,a@b.vn')).expect(422);
    expect(refused).toMatchObject({ code: 'unknown_column', columns: ['T', 'E-Mail'] });
    expect(paths(refused)).toEqual([['mapping.email', 'unknown_column']]);
  });

  it.each([
    ['not_utf8', 3, Buffer.from('email\na@b.vn\nNguy\xean\n', 'latin1')],
    ['quote_not_closed', 2, 'email,need\na@b.vn,"x\ny\n'],
    ['empty_file', undefined, ''],
    ['nothing_mapped', undefined, 'x,y\n1,2\n'],
  ])('for a file that is %s, with the line', async (code, line, content) => {
    const id = await announced({ recordType: 'lead' });
    const refused = (await sent(id, content)).expect(422);
    expect(refused.code).toBe(code);
    expect(refused.line).toBe(line);
    expect((await api.admin.get(`/v1/imports/${id}`)).body.state).toBe('waiting');
  });

  it('when it is no CSV that comes, or another address takes none', async () => {
    const id = await announced({ recordType: 'lead' });
    (await api.admin.put(`/v1/imports/${id}/content`, { a: 1 })).expect(415);
    (await api.admin.send('POST', '/v1/leads', 'a,b', CSV)).expect(415);
  });

  it('when it has its file and gets another', async () => {
    const shown = await imported({ recordType: 'lead' }, PEOPLE);
    (await sent(member(shown, 'id'), PEOPLE)).expect(202);
    expect((await sent(member(shown, 'id'), `${PEOPLE}\n`)).expect(409).code).toBe('import_done');
    (await api.admin.post(`/v1/imports/${shown.id}/cancellation`)).expect(409);
  });
});

describe('who may import', () => {
  it('is told by the right to import, and to create what the rows are', async () => {
    const content = 'givenName\nAn\n';
    const [seller, analyst, robot] = await Promise.all(
      (['salesperson', 'analyst', 'integration'] as const).map((role) => api.user([role])),
    );
    for (const user of [seller, analyst]) {
      (await (user as TestClient).post('/v1/imports', { recordType: 'lead' })).expect(403);
    }
    (await api.stranger.post('/v1/imports', { recordType: 'lead' })).expect(401);
    const shown = await imported({ recordType: 'lead' }, content, robot as TestClient);
    expect(shown).toMatchObject({ created: 1, by: robot?.id });
    (await sent(member(shown, 'id'), content, api.stranger)).expect(401);
  });

  it('sees the own imports; who configures sees all', async () => {
    const [robot, other] = await Promise.all([api.user(['integration']), api.user(['manager'])]);
    const { id } = await imported({ recordType: 'lead' }, 'givenName\nBình\n', robot);
    (await other.get(`/v1/imports/${id}`)).expect(404);
    (await other.get(`/v1/imports/${id}/errors`)).expect(404);
    (await other.post(`/v1/imports/${id}/cancellation`)).expect(404);
    expect((await other.get('/v1/imports')).expect(200)).toEqual({ items: [] });
    (await api.admin.get(`/v1/imports/${id}`)).expect(200);
    const first = (await api.admin.get('/v1/imports?limit=1')).expect(200);
    expect(entriesOf(first.items)).toMatchObject([{ id }]);
    const next = (await api.admin.get(`/v1/imports?limit=1&cursor=${first.next}`)).expect(200);
    expect(entriesOf(next.items)[0]?.id).not.toBe(id);
  });

  it('holds for every row: a manager creates nothing for strangers', async () => {
    const teamId = await api.team();
    const manager = await api.user(['manager'], [teamId]);
    const stranger = await api.user(['salesperson']);
    const mapping = { givenName: 'n', ownerId: 'o' };
    const content = `n,o\nAn,${manager.id}\nBình,${stranger.id}\n`;
    const shown = await imported({ recordType: 'lead', mapping }, content, manager);
    expect(shown).toMatchObject({ created: 1, failed: 1 });
    const errors = (await manager.get(`/v1/imports/${shown.id}/errors`)).expect(200);
    expect(entriesOf(errors.items)).toMatchObject([{ line: 3, code: 'forbidden' }]);
  });
});

describe('an import left running', () => {
  it('is gone on with by the next start, and ends as if nothing had been', async () => {
    const first = await startApi();
    const content = `externalId,givenName\n${Array.from({ length: 800 }, (_, n) => `X${n},An`).join('\n')}`;
    const id = member(
      (await first.admin.post('/v1/imports', { recordType: 'lead' })).expect(201),
      'id',
    );
    (await sent(id, content, first.admin)).expect(202);
    await first.stop({ keep: true });
    const second = await startApi({ folder: first.folder });
    try {
      const shown = await ended(id, second.admin);
      expect(shown).toMatchObject({ state: 'done', rows: { done: 800 }, failed: 0 });
      const events = await second.ledger.stores.log.readAll({ limit: 5_000, prefixes: ['lead-'] });
      expect(events).toHaveLength(800);
    } finally {
      await second.stop();
    }
  });
});
