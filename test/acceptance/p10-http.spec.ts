import { settableClock, systemClock } from '#platform';
import { type Answer, entriesOf, member } from '../support/client.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const LEAD = { familyName: 'Nguyễn Gia', givenName: 'Khương' };
const captured = async (body: object = LEAD) =>
  `/v1/leads/${member((await api.admin.post('/v1/leads', body)).expect(201), 'id')}`;
const times = <Result>(count: number, one: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)));

describe('a command under an Idempotency-Key', () => {
  it('sent 64 times at once has one effect and 64 equal answers', async () => {
    const before = await api.head();
    const key = { 'idempotency-key': 'capture-once' };
    const answers = await times(64, () => api.admin.post('/v1/leads', LEAD, key));
    const told = answers.map((answer) => {
      const { id, revision, position } = answer.expect(201);
      return JSON.stringify({ id, revision, position });
    });
    expect(new Set(told).size).toBe(1);
    const prefixes = ['lead-'];
    const events = await api.ledger.stores.log.readAll({ from: before, limit: 10, prefixes });
    expect(events.map(({ position }) => position)).toEqual([await api.head()]);
  });

  it('changes a record once, and is answered with what it did although more happened since', async () => {
    const path = await captured();
    const key = { 'idempotency-key': 'tag-once' };
    const first = await api.admin.post(`${path}/tags`, { add: ['VIP'] }, key);
    (await api.admin.post(`${path}/tags`, { add: ['mới'] })).expect(200);
    const again = await api.admin.post(`${path}/tags`, { add: ['VIP'] }, key);
    expect(again.expect(200)).toEqual(first.body);
  });

  it('is refused when the key was used for something else', async () => {
    const path = await captured();
    const key = { 'idempotency-key': 'one-thing' };
    (await api.admin.post(`${path}/tags`, { add: ['a'] }, key)).expect(200);
    const other = await api.admin.post(`${path}/tags`, { add: ['b'] }, key);
    expect(other.expect(422).code).toBe('idempotency_key_reused');
  });

  it('is a command of its own on every record that it is sent to', async () => {
    const paths = [await captured({ givenName: 'Một' }), await captured({ givenName: 'Hai' })];
    const key = { 'idempotency-key': 'one-key-two-leads' };
    const made = [];
    for (const path of paths) {
      const note = { text: `A note on ${path}` };
      const { noteId } = (await api.admin.post(`${path}/notes`, note, key)).expect(201);
      const other = { 'idempotency-key': 'one-key-two-conversions' };
      const answer = await api.admin.post(`${path}/conversion`, {}, other);
      const { conversion, position } = answer.expect(200);
      made.push(noteId, conversion?.id, conversion?.contactId);
      const { items } = (await api.admin.get(`${path}/notes?after=${position}`)).expect(200);
      expect(items).toHaveLength(1);
    }
    expect(new Set(made).size).toBe(6);
  });

  it('is the same whatever the order of its members, and another for another user', async () => {
    const key = { 'idempotency-key': 'shared' };
    const mine = await api.admin.post('/v1/leads', { givenName: 'An', need: 'Camera' }, key);
    const same = await api.admin.post('/v1/leads', { need: 'Camera', givenName: 'An' }, key);
    expect(same.expect(201).id).toBe(mine.expect(201).id);
    const other = await api.user(['manager']);
    const theirs = await other.post('/v1/leads', { givenName: 'An', need: 'Camera' }, key);
    expect(theirs.expect(201).id).not.toBe(mine.body.id);
  });

  it('converts a lead once, and repeats the answer', async () => {
    const path = await captured({ ...LEAD, email: 'mot.lan@example.vn' });
    const key = { 'idempotency-key': 'convert-once' };
    const convert = () => api.admin.post(`${path}/conversion`, {}, key);
    const answers = await times(8, convert);
    const ids = answers.map((answer) => answer.expect(200).conversion?.contactId);
    expect(new Set(ids).size).toBe(1);
    const filter = encodeURIComponent(JSON.stringify({ email: 'mot.lan@example.vn' }));
    const position = answers[0]?.body.position;
    const found = await api.admin.get(`/v1/contacts?filter=${filter}&after=${position}`);
    expect(entriesOf(found.expect(200).items)).toHaveLength(1);
  });
});

describe('If-Match', () => {
  it('lets one of 64 simultaneous changes of stage win, and refuses the others with 412', async () => {
    const path = await captured();
    const match = { 'if-match': '"0"' };
    const answers = await times(64, (index) =>
      api.admin.post(
        `${path}/stage`,
        { stageId: index % 2 ? 'contacted' : 'qualified', note: String(index) },
        match,
      ),
    );
    const counts = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([counts(200), counts(412)]).toEqual([1, 63]);
    expect(answers.find(({ status }) => status === 412)?.body.code).toBe('revision_mismatch');
  });

  it('takes any version for *, and is no condition when left out', async () => {
    const path = await captured();
    (await api.admin.patch(path, { title: 'Anh' }, { 'if-match': '*' })).expect(200);
    (await api.admin.patch(path, { title: 'Chị' })).expect(200);
    (await api.admin.patch(path, { title: 'Ông' }, { 'if-match': '"2"' })).expect(200);
    (await api.admin.patch(path, { title: 'Bà' }, { 'if-match': '"2"' })).expect(412);
  });
});

describe('ETag', () => {
  it('answers 304 without a body to who has the version, and the record to who has another', async () => {
    const path = await captured();
    const etag = (await api.admin.get(path)).headers.get('etag') ?? '';
    const known = await api.admin.get(path, { 'if-none-match': `"7", W/${etag}` });
    expect([known.status, known.text]).toEqual([304, '']);
    (await api.admin.get(path, { 'if-none-match': '"7"' })).expect(200);
    (await api.admin.patch(path, { title: 'Anh' })).expect(200);
    (await api.admin.get(path, { 'if-none-match': etag })).expect(200);
  });
});

describe('pages of a list', () => {
  it('go through every record once, in order, and end', async () => {
    const source = 'Trang';
    await times(25, (index) => captured({ givenName: `Số ${index}`, source }));
    const { position } = (await api.admin.post('/v1/leads', { givenName: 'Cuối', source })).body;
    const query = `filter=${encodeURIComponent(JSON.stringify({ source }))}&sort=givenName&limit=10`;
    const names: string[] = [];
    let next: string | undefined;
    for (let page = 0; page < 5; page++) {
      const cursor =
        next === undefined ? `&after=${position}` : `&cursor=${encodeURIComponent(next)}`;
      const { body } = await api.admin.get(`/v1/leads?${query}${cursor}`);
      names.push(...entriesOf(body.items).map((lead) => String(lead.givenName)));
      next = body.next;
      if (next === undefined) break;
    }
    expect(names).toHaveLength(26);
    expect(new Set(names).size).toBe(26);
    expect(names).toEqual([...names].sort());
  });

  it('are refused a cursor of another query', async () => {
    const { next } = (await api.admin.get('/v1/leads?limit=1')).expect(200);
    const cursor = encodeURIComponent(String(next));
    const refused = await api.admin.get(`/v1/leads?limit=1&sort=givenName&cursor=${cursor}`);
    expect(refused.expect(400).code).toBe('invalid_cursor');
  });

  it('find words with and without their marks', async () => {
    const path = await captured({ familyName: 'Đặng', givenName: 'Thuỳ Trâm', source: 'Tìm' });
    for (const q of ['đặng thuỳ', 'dang thuy', 'TRÂM']) {
      const { position } = (await api.admin.get(path)).body;
      const address = `/v1/leads?q=${encodeURIComponent(q)}&after=${position}`;
      const { items } = (await api.admin.get(address)).expect(200);
      expect(entriesOf(items).map(({ id }) => `/v1/leads/${id}`)).toContain(path);
    }
  });
});

describe('after', () => {
  it('makes a list include what the command wrote', async () => {
    await times(20, async (index) => {
      const body = { givenName: `Sau ${index}`, externalId: `after-${index}` };
      const { id, position } = (await api.admin.post('/v1/leads', body)).expect(201);
      const filter = encodeURIComponent(JSON.stringify({ externalId: `after-${index}` }));
      const { items } = (
        await api.admin.get(`/v1/leads?filter=${filter}&after=${position}`)
      ).expect(200);
      expect(entriesOf(items)).toMatchObject([{ id }]);
    });
  });

  it('says 503 and when to try again, rather than answer without it', async () => {
    const answer = await api.admin.get('/v1/leads?after=99999999');
    expect(answer.expect(503).code).toBe('read_model_behind');
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});

describe('the event feed', () => {
  it('is read page by page, each event once and in order, without claims of match keys', async () => {
    const positions: number[] = [];
    let after = -1;
    for (;;) {
      const { events, next, more } = (
        await api.admin.get(`/v1/events?after=${after}&limit=50`)
      ).expect(200);
      for (const { position, stream } of entriesOf(events)) {
        positions.push(Number(position));
        expect(String(stream).startsWith('key-')).toBe(false);
      }
      after = Number(next);
      if (!more) break;
    }
    expect(positions.length).toBeGreaterThan(50);
    expect(positions).toEqual([...new Set(positions)].sort((left, right) => left - right));
  });

  it('streams what happens, and goes on after the last event that was seen', async () => {
    const from = await api.head();
    const ending = new AbortController();
    const headers = {
      authorization: `Bearer ${api.admin.token}`,
      'last-event-id': String(from),
    };
    const answer = await fetch(`${api.url}/v1/events/stream`, { headers, signal: ending.signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const path = await captured();
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('LeadCaptured')) break;
    }
    ending.abort();
    const { position } = (await api.admin.get(path)).body;
    expect(text).toContain(`id: ${position}\nevent: LeadCaptured\ndata: {"position":${position},`);
  });
});

describe('limits and stopping', () => {
  it('slow a caller down with 429, each caller alone', async () => {
    const limited = await startApi({ config: { rateLimit: 20 } });
    try {
      const other = await limited.user(['salesperson']);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const answers = await times(60, () => limited.admin.get('/v1/me'));
      const health = await Promise.all(
        Array.from({ length: 40 }, () => limited.stranger.get('/health/live')),
      );
      expect(health.every(({ status }) => status === 200)).toBe(true);
      const refused = answers.filter(({ status }) => status === 429);
      // On a slow machine they come in more than one second.
      expect(refused.length).toBeGreaterThan(0);
      expect(refused[0]?.headers.get('retry-after')).toMatch(/^[1-9]/);
      expect(refused[0]?.body.code).toBe('too_many_requests');
      (await other.get('/v1/me')).expect(200);
    } finally {
      await limited.stop();
    }
  });

  it('finish what was accepted, and lose nothing of it', async () => {
    const first = await startApi();
    const answers: Promise<Answer | undefined>[] = [];
    for (let index = 0; index < 200; index++) {
      answers.push(first.admin.post('/v1/leads', LEAD).catch(() => undefined));
    }
    await Promise.race(answers);
    await first.stop({ keep: true });
    const settled = await Promise.all(answers);
    const again = await startApi({ folder: first.folder });
    try {
      const acknowledged = settled.filter((answer) => answer?.status === 201);
      const others = settled.filter((answer) => answer && answer.status !== 201);
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(others.every((answer) => answer?.status === 503)).toBe(true);
      await times(acknowledged.length, async (index) => {
        const id = acknowledged[index]?.body.id;
        (await again.admin.get(`/v1/leads/${id}`)).expect(200);
      });
    } finally {
      await again.stop();
    }
  });

  it('end a stream of events that would never end by itself', async () => {
    const stopped = await startApi();
    const headers = { authorization: `Bearer ${stopped.admin.token}` };
    const answer = await fetch(`${stopped.url}/v1/events/stream`, { headers });
    const started = performance.now();
    await stopped.stop();
    await answer.text();
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('tell of a folder that another process writes to, unless what is written is on servers', async () => {
    const another = startApi({ folder: api.folder });
    if (api.ledger.stores.shared) await (await another).stop({ keep: true });
    else await expect(another).rejects.toThrow(/is in use by process \d+/);
  });
});

describe('health and metrics', () => {
  it('are told without a token, as far as they concern nobody', async () => {
    expect((await api.stranger.get('/health/live')).expect(200).status).toBe('up');
    const ready = (await api.stranger.get('/health/ready')).expect(200);
    // A server's log is the server's to verify.
    const ownLog = api.ledger.stores.verify ? ['event-log'] : [];
    const shared = api.ledger.stores.leases ? ['workers'] : [];
    const always = ['event-store', 'notifications', 'projections', 'read-store'];
    const parts = [...ownLog, ...always, ...shared];
    expect(Object.keys(ready.checks ?? {}).sort()).toEqual(parts);
    (await api.stranger.get('/metrics')).expect(401);
    const { text } = await api.admin.get('/metrics');
    expect(text).toContain('leadledger_http_request_seconds_bucket');
    expect(text).toContain('route="/v1/leads/:id"');
    expect(text).toContain('leadledger_append_seconds');
    expect(text).toContain('leadledger_parked_deliveries 0');
    expect(text).toContain('leadledger_projection_lag_positions{projection="leads"}');
  });

  it('carry headers that keep browsers from doing harm', async () => {
    for (const path of ['/health/live', '/health/live', '/v1/leads', '/nothing']) {
      const { headers } = await api.stranger.get(path);
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('carry them from the very first', async () => {
    const fresh = await startApi();
    try {
      const [first, second] = [
        await fresh.stranger.get('/v1/me'),
        await fresh.stranger.get('/v1/me'),
      ];
      const names = ({ headers }: typeof first) =>
        [...headers.keys()].filter((name) => name !== 'date');
      expect(names(second)).toEqual(names(first));
      expect(first.headers.get('x-request-id')).not.toBe(second.headers.get('x-request-id'));
    } finally {
      await fresh.stop();
    }
  });
});

describe('a token', () => {
  it('holds as long as it says, and no longer than its user is active', async () => {
    const clock = settableClock(systemClock.now());
    const timed = await startApi({ clock });
    try {
      const user = await timed.user(['salesperson']);
      (await user.get('/v1/me')).expect(200);
      (await timed.admin.post(`/v1/users/${user.id}/deactivation`)).expect(200);
      expect((await user.get('/v1/me')).expect(401).code).toBe('user_not_active');
      (await timed.admin.post(`/v1/users/${user.id}/reactivation`)).expect(200);
      (await user.get('/v1/me')).expect(200);
      clock.advance(31 * 24 * 3_600_000);
      expect((await user.get('/v1/me')).expect(401).code).toBe('token_expired');
    } finally {
      await timed.stop();
    }
  });
});
