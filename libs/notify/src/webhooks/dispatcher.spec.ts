import { until } from '../../../../test/support/until.js';
import {
  answers,
  startReceiver,
  takes,
  type WebhookReceiver,
} from '../../../../test/support/webhook-receiver.js';
import { mortal } from '../../../write-side/test/mortal.js';
import { captured, envelope } from '../../../write-side/test/workshop.js';
import { ADMIN, asked, openWorkbench, type Workbench } from '../../test/workbench.js';
import type { Dispatcher } from './dispatcher.js';
import { signatureOf } from './signature.js';

const TYPES = ['LeadCaptured', 'LeadTagged'];

describe('webhooks', () => {
  let bench: Workbench;
  let receiver: WebhookReceiver;
  let dispatcher: Dispatcher;
  const store = mortal();
  beforeEach(async () => {
    receiver = await startReceiver();
    bench = await openWorkbench({ wrap: store.wrap });
    dispatcher = bench.makeDispatcher();
  });
  afterEach(async () => {
    await dispatcher.stop();
    await bench.close();
    await receiver.close();
  });

  const register = (part: { readonly types?: readonly string[]; readonly after?: number } = {}) =>
    bench.webhookCommands.register({ url: receiver.url, types: TYPES, ...part }, asked().envelope);
  const capture = (givenName: string) => captured(bench, 'lead', { givenName });
  const came = (count: number) =>
    until(() => (receiver.calls.length >= count ? receiver.calls : undefined));
  const typesOf = (calls: WebhookReceiver['calls']) =>
    calls.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  const dispatched = async (type: string) =>
    (await bench.all()).filter((event) => event.type === type);
  /** Looks until the run that it began has ended as something shows. */
  const lookUntil = (type: string, count: number) =>
    until(async () => {
      await dispatcher.look();
      const events = await dispatched(type);
      return events.length >= count ? events : undefined;
    });

  it('are sent the events of their types from when they were registered, in order and signed', async () => {
    await capture('Trước');
    const { id, secret } = await register();
    const lead = await capture('Khương');
    const tag = { kind: 'tag', add: ['VIP'], remove: [] } as const;
    await bench.records.handle('lead', lead, tag, envelope());
    await dispatcher.look();
    const calls = await came(2);
    expect(typesOf(calls)).toEqual(TYPES);
    for (const { headers, body } of calls) {
      expect(headers['leadledger-webhook-id']).toBe(id);
      expect(headers['leadledger-event-id']).toBe((JSON.parse(body) as { id: string }).id);
      const signature = signatureOf([secret], bench.clock.now(), body);
      expect(headers['leadledger-signature']).toBe(signature);
    }
  });

  it('are sent all events but those of their own book-keeping, from a position on', async () => {
    await register({ types: [], after: -1 });
    await capture('Khương');
    await dispatcher.look();
    await until(() => (typesOf(receiver.calls).at(-1) === 'LeadCaptured' ? true : undefined));
    await dispatcher.stop();
    const all = (await bench.all()).map(({ type }) => type);
    const told = all.filter((type) => !type.startsWith('Webhook'));
    expect(typesOf(receiver.calls)).toEqual(told);
  });

  it('go on where they were, and are replayed from a position on', async () => {
    const { id, position } = await register();
    await capture('Một');
    await dispatcher.look();
    await came(1);
    await dispatcher.stop();
    expect(await dispatched('WebhookReached')).toHaveLength(1);
    await capture('Hai');
    dispatcher = bench.makeDispatcher();
    await dispatcher.look();
    await came(2);
    await dispatcher.stop();
    await bench.webhookCommands.replay(id, position, asked());
    await dispatcher.look();
    const ids = (await came(4)).map(({ headers }) => headers['leadledger-event-id']);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
  });

  it('that wait for what is rare note now and then how far they are', async () => {
    dispatcher = bench.makeDispatcher({ notedWhenPassed: 3 });
    const { id } = await register({ types: ['LeadTagged'] });
    for (const name of ['Một', 'Hai', 'Ba']) await capture(name);
    const last = await capture('Bốn');
    await lookUntil('WebhookReached', 1);
    const [reached] = (await dispatched('WebhookReached')).slice(-1);
    expect(reached).toMatchObject({ stream: `dispatch-${id}` });
    await dispatcher.stop();
    // It passes over its own notes without a word.
    const noted = await dispatched('WebhookReached');
    const again = bench.makeDispatcher({ notedWhenPassed: 3 });
    await again.look();
    const tag = { kind: 'tag', add: ['VIP'], remove: [] } as const;
    await bench.records.handle('lead', last, tag, envelope());
    await came(1);
    await again.stop();
    expect(await dispatched('WebhookReached')).toHaveLength(noted.length + 1);
  });

  it('that fail are tried again later, in order, and the later ones wait', async () => {
    const { id } = await register();
    await capture('Một');
    await capture('Hai');
    receiver.behave(answers(503));
    await lookUntil('WebhookAttemptFailed', 1);
    await dispatcher.look();
    expect(receiver.calls).toHaveLength(1);
    // Half of 30 s, as chance has it here.
    bench.clock.advance(15_000);
    receiver.behave(takes);
    await dispatcher.look();
    const [first, second, third] = await came(3);
    expect(second?.body).toBe(first?.body);
    expect(third?.body).not.toBe(first?.body);
    const [failure] = await dispatched('WebhookAttemptFailed');
    expect(failure).toMatchObject({
      stream: `dispatch-${id}`,
      data: { attempt: 1, error: 'http_503' },
    });
  });

  it('that fail are tried at once when somebody says so', async () => {
    const { id } = await register();
    await capture('Một');
    receiver.behave(answers(429, { 'retry-after': '600' }));
    const [failure] = (await lookUntil('WebhookAttemptFailed', 1)) ?? [];
    expect(failure?.data).toMatchObject({
      error: 'http_429',
      nextAt: new Date(Date.parse(bench.clock.now()) + 600_000).toISOString(),
    });
    receiver.behave(takes);
    await bench.webhookCommands.retry(id, asked());
    await dispatcher.look();
    await came(2);
    await dispatcher.stop();
    const { revision } = await bench.webhookCommands.retry(id, asked());
    expect(revision).toBe(1);
  });

  it('are signed with both secrets for a while, then with the new one alone', async () => {
    const { id, secret } = await register();
    const next = await bench.webhookCommands.replaceSecret(id, 1, asked());
    await capture('Một');
    await dispatcher.look();
    await came(1);
    bench.clock.advance(3_600_000);
    await capture('Hai');
    const [first, second] = await came(2);
    const header = (call: typeof first) => String(call?.headers['leadledger-signature']);
    const moment = (call: typeof first) =>
      new Date(Number(/t=(\d+)/.exec(header(call))?.[1]) * 1_000).toISOString();
    const signed = (secrets: string[], call: typeof first) =>
      signatureOf(secrets, moment(call), call?.body ?? '');
    expect(header(first)).toBe(signed([next.secret, secret], first));
    expect(header(second)).toBe(signed([next.secret], second));
  });

  it('park an event after ten attempts, go on with the next, and are sent it again by hand', async () => {
    const { id } = await register();
    await capture('Một');
    receiver.behave((response, { body }) =>
      response.writeHead(body === receiver.calls[0]?.body ? 500 : 204).end(),
    );
    for (let attempt = 1; attempt < 10; attempt++) {
      await lookUntil('WebhookAttemptFailed', attempt);
      bench.clock.advance(3_600_000);
    }
    await capture('Hai');
    await lookUntil('WebhookEventParked', 1);
    expect(typesOf(await came(11))).toHaveLength(11);
    const [parked] = await bench.deliveries();
    expect(parked).toMatchObject({
      status: 'parked',
      attempts: 10,
      error: 'http_500',
      planned: { channel: 'webhook', webhookId: id, eventType: 'LeadCaptured' },
    });
    const deliveries = bench.makeDeliveries();
    await deliveries.look();
    expect(receiver.calls).toHaveLength(11);
    await bench.deliveryCommands.retry(parked?.id ?? '', asked().envelope);
    receiver.behave(takes);
    await deliveries.look();
    expect(receiver.calls[11]?.body).toBe(receiver.calls[0]?.body);
    expect(await bench.deliveries()).toMatchObject([{ status: 'succeeded' }]);
  });

  it('end when the receiver says that it is gone, until they are resumed', async () => {
    const { id } = await register();
    await capture('Một');
    receiver.behave(answers(410));
    await lookUntil('WebhookEnded', 1);
    await capture('Hai');
    await dispatcher.look();
    expect(await bench.webhooks()).toMatchObject([{ status: 'ended' }]);
    expect(receiver.calls).toHaveLength(1);
    receiver.behave(takes);
    await bench.webhookCommands.change(id, { active: true }, asked());
    await dispatcher.look();
    await came(3);
    expect(receiver.calls[1]?.body).toBe(receiver.calls[0]?.body);
  });

  it('are paused, changed and removed while they run', async () => {
    const { id } = await register();
    await dispatcher.look();
    await bench.webhookCommands.change(id, { active: false }, asked());
    await dispatcher.look();
    await capture('Một');
    const other = await startReceiver();
    await bench.webhookCommands.change(id, { active: true, url: other.url }, asked());
    await dispatcher.look();
    await until(() => (other.calls.length > 0 ? true : undefined));
    await bench.webhookCommands.remove(id, asked());
    await dispatcher.look();
    await capture('Hai');
    await dispatcher.look();
    await dispatcher.stop();
    expect([receiver.calls.length, other.calls.length]).toEqual([0, 1]);
    await other.close();
  });

  it('are sent nothing once whoever registered them may not be told', async () => {
    let may = false;
    dispatcher = bench.makeDispatcher({ mayReceive: (userId) => may && userId === ADMIN });
    await register();
    await capture('Một');
    await dispatcher.look();
    await dispatcher.look();
    expect(receiver.calls).toEqual([]);
    may = true;
    await dispatcher.look();
    await came(1);
    may = false;
    await capture('Hai');
    await dispatcher.stop();
    expect(receiver.calls).toHaveLength(1);
  });

  it.each([
    [1, 'before'],
    [1, 'after'],
    [2, 'before'],
    [2, 'after'],
  ] as const)(
    'park once, and lose nothing, when the process dies at append %d of parking, %s it',
    async (append, moment) => {
      await register();
      await capture('Một');
      receiver.behave(answers(500));
      for (let attempt = 1; attempt < 10; attempt++) {
        await lookUntil('WebhookAttemptFailed', attempt);
        bench.clock.advance(3_600_000);
      }
      await dispatcher.stop();
      await capture('Hai');
      receiver.behave((response, { body }) =>
        response.writeHead(body === receiver.calls[0]?.body ? 500 : 204).end(),
      );
      store.dieAt(append, moment);
      await dispatcher.look();
      await until(() => (bench.errors.length > 0 ? true : undefined));
      await dispatcher.stop();
      expect(store.mend()).toBe(true);
      dispatcher = bench.makeDispatcher();
      await lookUntil('WebhookEventParked', 1);
      await until(() =>
        receiver.calls.at(-1)?.body === receiver.calls[0]?.body ? undefined : true,
      );
      await dispatcher.stop();
      expect(await dispatched('WebhookEventParked')).toHaveLength(1);
      expect(await bench.deliveries()).toMatchObject([{ status: 'parked' }]);
    },
  );
});
