import { once } from 'node:events';
import type { LookupFunction } from 'node:net';
import { createServer } from 'node:net';
import { until } from '../../../../test/support/until.js';
import {
  answers,
  hangsUp,
  sleeps,
  startReceiver,
  type WebhookReceiver,
} from '../../../../test/support/webhook-receiver.js';
import { guardedLookup } from './guarded-lookup.js';
import { accessOf } from './internal-access.js';
import { createWebhookCaller, type WebhookCallerOptions } from './webhook-caller.js';

describe('a call of a webhook', () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.close());

  const call = async (url = receiver.url, options: WebhookCallerOptions = {}) => {
    const caller = createWebhookCaller({ allowInternal: true, timeoutMs: 5_000, ...options });
    const outcome = await caller.call({ url, headers: { 'x-test': '1' }, body: '{"a":1}' });
    caller.close();
    return outcome;
  };

  it('posts body and headers', async () => {
    expect(await call()).toEqual({ sent: true });
    expect(receiver.calls).toHaveLength(1);
    expect(receiver.calls[0]).toMatchObject({ body: '{"a":1}', headers: { 'x-test': '1' } });
  });

  it.each([
    ['fails', answers(503), 'http_503'],
    ['refuses', answers(404), 'http_404'],
    ['hangs up', hangsUp, 'connection_lost'],
    ['redirects inwards', answers(302, { location: 'http://127.0.0.1:1/' }), 'redirect_refused'],
    ['redirects outwards', answers(308, { location: 'https://a.example/' }), 'redirect_refused'],
  ])('is in vain at a receiver that %s', async (_what, behaviour, error) => {
    receiver.behave(behaviour);
    expect(await call()).toEqual({ sent: false, error });
    expect(receiver.calls).toHaveLength(1);
  });

  it('learns how long a receiver wants to be left alone', async () => {
    receiver.behave(answers(429, { 'retry-after': '120' }));
    expect(await call()).toEqual({ sent: false, error: 'http_429', waitMs: 120_000 });
    receiver.behave(answers(503, { 'retry-after': 'Mon, 02 Mar 2026 02:00:30 GMT' }));
    const now = () => Date.parse('2026-03-02T02:00:00.000Z');
    expect(await call(receiver.url, { now })).toMatchObject({ error: 'http_503', waitMs: 30_000 });
  });

  it('learns that a receiver is gone', async () => {
    receiver.behave(answers(410));
    expect(await call()).toEqual({ sent: false, error: 'http_410', gone: true });
  });

  it('waits no longer than it may for one that is slow', async () => {
    receiver.behave(sleeps);
    expect(await call(receiver.url, { timeoutMs: 50 })).toEqual({ sent: false, error: 'timeout' });
  });

  it('reads no more of an answer than so much', async () => {
    const left = new Promise<void>((resolve) => {
      receiver.behave((response) => {
        response.on('close', resolve).writeHead(200);
        const more = () => {
          while (response.write('x'.repeat(16_384)));
          response.once('drain', more);
        };
        more();
      });
    });
    const caller = createWebhookCaller({ allowInternal: true, timeoutMs: 60_000 });
    const outcome = await caller.call({ url: receiver.url, headers: {}, body: '{}' });
    expect(outcome).toEqual({ sent: true });
    // It goes on for as long as it is read.
    await left;
    caller.close();
  });

  it('leaves no connection open to one whose answer does not end', async () => {
    let open = 0;
    receiver.behave((response) => {
      open += 1;
      response.on('close', () => {
        open -= 1;
      });
      response.writeHead(200).write('a little, and then no more');
    });
    // It said that it took it.
    expect(await call(receiver.url, { timeoutMs: 300 })).toEqual({ sent: true });
    await until(() => (open === 0 ? true : undefined));
    receiver.behave((response) => response.writeHead(500).write('never mind'));
    const failed = { sent: false, error: 'http_500' };
    expect(await call(receiver.url, { timeoutMs: 300 })).toEqual(failed);
  });

  it('finds nobody at a closed port, nor behind an unknown name', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const refused = { sent: false, error: 'connection_refused' };
    expect(await call(`http://127.0.0.1:${port}/`)).toEqual(refused);
    const unknown: LookupFunction = (_name, _options, callback) =>
      callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 0);
    const options = { allowInternal: false, lookup: unknown };
    const outcome = await call('http://nowhere.example/', options);
    expect(outcome).toEqual({ sent: false, error: 'name_unknown' });
  });
});

describe('a call to an internal address', () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.close());

  const refused = { sent: false, error: 'internal_address' };
  /** A resolver that gives these, one after the other. */
  const resolving = (...answers: readonly (readonly string[])[]) => {
    let asked = 0;
    const resolve = (_name: string, _options: object, callback: unknown) => {
      const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      const found = addresses.map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }));
      (callback as (error: null, found: unknown) => void)(null, found);
    };
    return guardedLookup(accessOf(false), resolve as never);
  };
  const call = async (url: string, lookup?: LookupFunction) => {
    const caller = createWebhookCaller({ timeoutMs: 2_000, ...(lookup && { lookup }) });
    const outcome = await caller.call({ url, headers: {}, body: '{}' });
    caller.close();
    return outcome;
  };
  const port = () => new URL(receiver.url).port;

  it.each([
    (at: string) => `http://127.0.0.1:${at}/`,
    (at: string) => `http://2130706433:${at}/`,
    (at: string) => `http://0x7f.1:${at}/`,
    (at: string) => `http://[::1]:${at}/`,
    (at: string) => `http://[::ffff:127.0.0.1]:${at}/`,
    (at: string) => `http://localhost:${at}/`,
    () => 'http://169.254.169.254/latest/meta-data/',
    () => 'https://10.0.0.1/',
  ])('is refused, however it is written: %#', async (url) => {
    expect(await call(url(port()))).toEqual(refused);
    expect(receiver.calls).toEqual([]);
  });

  it('is refused when a name leads there, whatever the name led to before', async () => {
    const url = `http://hook.example:${port()}/`;
    expect(await call(url, resolving(['127.0.0.1']))).toEqual(refused);
    expect(await call(url, resolving(['::1', '10.0.0.1']))).toEqual(refused);
    const lookup = resolving(['192.0.2.7'], ['127.0.0.1']);
    expect(await call(url, lookup)).toEqual(refused);
    expect(await call(url, lookup)).toEqual(refused);
    expect(receiver.calls).toEqual([]);
  });

  it('goes to those outside only, where a name leads to both', () => {
    const answered: unknown[] = [];
    const lookup = resolving(['127.0.0.1', '8.8.8.8', '10.0.0.1', '1.1.1.1']);
    lookup('both.example', { all: true }, (_error, addresses) => answered.push(addresses));
    lookup('both.example', {}, (_error, address) => answered.push(address));
    const outside = ['8.8.8.8', '1.1.1.1'].map((address) => ({ address, family: 4 }));
    expect(answered).toEqual([outside, '8.8.8.8']);
  });
});
