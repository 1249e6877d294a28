import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LogFacts, type SettableClock, settableClock } from '#platform';
import { type Body, entriesOf, member, type TestClient } from '../support/client.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';
import { until } from '../support/until.js';
import {
  answers,
  type ReceivedCall,
  startReceiver,
  takes,
  type WebhookReceiver,
} from '../support/webhook-receiver.js';

const TYPES = ['OpportunityCaptured'];

describe('P6 Webhooks', () => {
  let api: TestApi;
  let clock: SettableClock;
  let receiver: WebhookReceiver;
  let program: TestUser;
  const logged: string[] = [];
  beforeAll(async () => {
    clock = settableClock('2026-03-02T02:00:00.000Z');
    const note = (message: string, facts?: LogFacts) => {
      logged.push(JSON.stringify([message, facts]));
    };
    api = await startApi({
      ...{ clock, chance: () => 0.5, lookEveryMs: 20, config: { webhooksToInternal: true } },
      logger: { debug: note, info: note, warn: note, error: note },
    });
    program = await api.user(['integration']);
  });
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.close());
  afterAll(() => api.stop());

  const register = async (by: TestClient = program, more: object = {}) => {
    const body = { url: receiver.url, types: TYPES, ...more };
    const registered = (await by.post('/v1/webhooks', body)).expect(201);
    const { position } = registered;
    return { id: member(registered, 'id'), secret: member(registered, 'secret'), position };
  };
  const capture = async (name = `Lắp camera ${randomUUID()}`) => {
    const body = { name };
    return member((await api.admin.post('/v1/opportunities', body)).expect(201), 'id');
  };
  const came = (count: number): Promise<readonly ReceivedCall[]> =>
    until(() => (receiver.calls.length >= count ? receiver.calls : undefined));
  const streamOf = ({ body }: ReceivedCall) => (JSON.parse(body) as { stream: string }).stream;
  const webhook = async (id: string, by: TestClient = program) =>
    (await by.get(`/v1/webhooks/${id}`)).expect(200);
  const failing = (id: string): Promise<Body> =>
    until(async () => (await webhook(id)).failing ?? undefined);

  it('send the event as the feed has it, signed so that a receiver can tell', async () => {
    const { secret, id, position } = await register();
    const opportunity = await capture('Lắp camera');
    const [call] = await came(1);
    if (!call) throw new Error('None came.');
    const sent: unknown = JSON.parse(call.body);
    const feed = await program.get(`/v1/events?after=${position}&limit=1&types=${TYPES}`);
    expect(sent).toEqual(entriesOf(feed.expect(200).events)[0]);
    expect(sent).toMatchObject({
      ...{ type: 'OpportunityCaptured', stream: `opportunity-${opportunity}` },
      data: { fields: { name: 'Lắp camera' } },
    });
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(
      String(call.headers['leadledger-signature']),
    ) as RegExpExecArray;
    const expected = createHmac('sha256', secret).update(`${t}.${call.body}`).digest('hex');
    expect(v1).toBe(expected);
    expect(Number(t)).toBe(Date.parse(clock.now()) / 1_000);
    expect(call.headers['leadledger-webhook-id']).toBe(id);
  });

  it('show their secret once, and have it neither in the log nor in what is logged', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const before = await api.head();
    const body = { url: receiver.url, types: TYPES };
    const first = (await program.post('/v1/webhooks', body, key)).expect(201);
    // Whoever had no answer asks again.
    expect((await program.post('/v1/webhooks', body, key)).expect(201)).toEqual(first);
    const id = member(first, 'id');
    const replaced = (await program.post(`/v1/webhooks/${id}/secret`)).expect(200);
    const secrets = [member(first, 'secret'), member(replaced, 'secret')];
    expect(new Set(secrets).size).toBe(2);
    const shown = await program.get(`/v1/webhooks?after=${replaced.position}`);
    const feed = await api.admin.get(`/v1/events?after=${before}`);
    feed.expect(200);
    const stored = await api.ledger.stores.events.readAll({ limit: 10_000 });
    for (const secret of secrets) {
      for (const text of [shown.text, feed.text, JSON.stringify(stored), logged.join()]) {
        expect(text).not.toContain(secret);
      }
    }
    // The address may have a password of its own in it: the store holds it sealed, and the feed does not tell of it.
    expect(JSON.stringify(stored)).not.toContain(receiver.url);
    expect(feed.text).not.toContain(receiver.url);
    expect(entriesOf(shown.expect(200).items)).toContainEqual(
      expect.objectContaining({ id, url: receiver.url, status: 'active' }),
    );
  });

  it('wait while the receiver fails, show it, and go on in order', async () => {
    receiver.behave(answers(503));
    const { id } = await register();
    const opportunities = [await capture(), await capture()];
    expect(await failing(id)).toMatchObject({
      ...{ type: 'OpportunityCaptured', attempts: 1, error: 'http_503' },
      nextAt: '2026-03-02T02:00:15.000Z',
    });
    expect(receiver.calls).toHaveLength(1);
    const { position } = (await program.post(`/v1/webhooks/${id}/retry`)).expect(200);
    await came(2);
    await program.get(`/v1/webhooks/${id}?after=${position}`);
    expect(await failing(id)).toMatchObject({ attempts: 1 });
    receiver.behave(takes);
    clock.advance(15_000);
    const calls = await came(4);
    expect(calls.slice(2).map(streamOf)).toEqual(opportunities.map((one) => `opportunity-${one}`));
    await until(async () => ((await webhook(id)).failing ? undefined : true));
  });

  it('follow no redirect', async () => {
    const inside = await startReceiver();
    receiver.behave(answers(307, { location: inside.url }));
    const { id } = await register();
    await capture();
    expect(await failing(id)).toMatchObject({ error: 'redirect_refused' });
    expect(inside.calls).toEqual([]);
    await inside.close();
    (await program.delete(`/v1/webhooks/${id}`)).expect(200);
  });

  it('tell of a receiver that is closed', async () => {
    const { url } = receiver;
    await receiver.close();
    receiver = await startReceiver();
    const { id } = await register(program, { url });
    await capture();
    expect(await failing(id)).toMatchObject({ error: 'connection_refused' });
    (await program.delete(`/v1/webhooks/${id}`)).expect(200);
  });

  it('end with a 410, and are resumed by hand where they were', async () => {
    receiver.behave(answers(410));
    const { id } = await register();
    const opportunity = await capture();
    await until(async () => ((await webhook(id)).status === 'ended' ? true : undefined));
    receiver.behave(takes);
    (await program.patch(`/v1/webhooks/${id}`, { active: true })).expect(200);
    const calls = await came(2);
    expect(streamOf(calls[1] as ReceivedCall)).toBe(`opportunity-${opportunity}`);
  });

  it('are replayed from a position on', async () => {
    const { id, position } = await register();
    const opportunity = await capture();
    await came(1);
    (await program.post(`/v1/webhooks/${id}/replay`, { after: Number(position) })).expect(200);
    const [first, second] = await came(2);
    expect(second?.headers['leadledger-event-id']).toBe(first?.headers['leadledger-event-id']);
    expect(streamOf(second as ReceivedCall)).toBe(`opportunity-${opportunity}`);
  });

  it.each<[string, object, string]>([
    ['replay', { after: 1e9 }, 'after'],
    ['replay', { after: -2 }, 'after'],
    ['replay', {}, 'after'],
    ['secret', { keepHours: 169 }, 'keepHours'],
    ['secret', { keepHours: '1' }, 'keepHours'],
    ['secret', { secret: 'mine' }, 'secret'],
  ])('refuse %s with %j', async (what, body, path) => {
    const { id } = await register();
    const head = await api.head();
    const { errors } = (await program.post(`/v1/webhooks/${id}/${what}`, body)).expect(400);
    expect(entriesOf(errors).map((error) => error.path)).toEqual([path]);
    expect(await api.head()).toBe(head);
    (await program.delete(`/v1/webhooks/${id}`)).expect(200);
  });

  it('show until when the secret before signs too', async () => {
    const { id } = await register();
    const { position } = (await program.post(`/v1/webhooks/${id}/secret`, {})).expect(200);
    const shown = (await program.get(`/v1/webhooks/${id}?after=${position}`)).expect(200);
    const until = new Date(Date.parse(clock.now()) + 86_400_000).toISOString();
    expect(shown).toMatchObject({ previousSecretUntil: until });
    (await program.delete(`/v1/webhooks/${id}`)).expect(200);
  });

  it('tell of notices too', async () => {
    await register(program, { types: ['NotificationIssued'] });
    const user = await api.user(['salesperson']);
    const body = { name: 'Giao', ownerId: user.id };
    (await api.admin.post('/v1/opportunities', body)).expect(201);
    const [call] = await came(1);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      data: { recipientId: user.id, kind: 'assignment' },
    });
  });

  it('are those of whoever registered them, and everybody’s for who may configure', async () => {
    const { id } = await register();
    const other = await api.user(['integration']);
    const seller = await api.user(['salesperson', 'manager', 'analyst']);
    (await seller.get('/v1/webhooks')).expect(403);
    (await seller.post('/v1/webhooks', { url: receiver.url })).expect(403);
    for (const [method, path, body] of [
      ['get', '', undefined],
      ['patch', '', { active: false }],
      ['post', '/secret', undefined],
      ['post', '/retry', undefined],
      ['post', '/replay', { after: -1 }],
      ['delete', '', undefined],
    ] as const) {
      (await other[method](`/v1/webhooks/${id}${path}`, body as never)).expect(404);
    }
    const seen = async (by: TestClient) =>
      entriesOf((await by.get('/v1/webhooks')).expect(200).items).map((one) => one.id);
    expect(await seen(other)).toEqual([]);
    expect(await seen(api.admin)).toContain(id);
    (await api.admin.delete(`/v1/webhooks/${id}`)).expect(200);
    await until(async () => ((await seen(program)).includes(id as Body) ? undefined : true));
  });

  it('are sent nothing once whoever registered them is deactivated', async () => {
    const leaver = await api.user(['integration']);
    const { id } = await register(leaver);
    await capture();
    await came(1);
    (await api.admin.post(`/v1/users/${leaver.id}/deactivation`)).expect(200);
    await capture();
    await until(async () => {
      const { status } = await webhook(id, api.admin);
      return status === 'suspended' ? true : undefined;
    });
    expect(receiver.calls).toHaveLength(1);
    (await api.admin.delete(`/v1/webhooks/${id}`)).expect(200);
  });

  it.each<[string, object, readonly string[]]>([
    ['no address', { url: 'example' }, ['url']],
    ['another scheme', { url: 'file:///etc/passwd' }, ['url']],
    ['a password', { url: 'https://a:b@example.vn/' }, ['url']],
    ['an unknown type', { url: 'https://example.vn/', types: ['LeadSung'] }, ['types.0']],
    ['a position that is not there yet', { url: 'https://example.vn/', after: 1e9 }, ['after']],
    ['a position that is none', { url: 'https://example.vn/', after: 1.5 }, ['after']],
    ['nothing', {}, ['url']],
    ['something else', { url: 'https://example.vn/', secret: 'mine' }, ['secret']],
  ])('are refused with %s', async (_what, body, paths) => {
    const head = await api.head();
    const { errors } = (await program.post('/v1/webhooks', body)).expect(400);
    expect(entriesOf(errors).map(({ path }) => path)).toEqual(paths);
    expect(await api.head()).toBe(head);
  });
});

describe('P6 Webhooks of an installation as it is delivered', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.stop());

  it.each([
    ['http://example.vn/', 'not_https'],
    ['https://127.0.0.1/', 'internal_address'],
    ['https://[::1]/', 'internal_address'],
    ['https://0x7f.1/', 'internal_address'],
    ['https://10.1.2.3/', 'internal_address'],
    ['https://169.254.169.254/', 'internal_address'],
    ['https://localhost/', 'internal_address'],
    ['https://crm.internal/', 'internal_address'],
  ])('are refused at %s', async (url, code) => {
    const { errors } = (await api.admin.post('/v1/webhooks', { url })).expect(400);
    expect(entriesOf(errors)).toMatchObject([{ path: 'url', code }]);
    const outside = { url: 'https://hook.example.vn/' };
    const id = member((await api.admin.post('/v1/webhooks', outside)).expect(201), 'id');
    (await api.admin.patch(`/v1/webhooks/${id}`, { url })).expect(400);
    (await api.admin.delete(`/v1/webhooks/${id}`)).expect(200);
  });
});
