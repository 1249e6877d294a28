import { ACTOR, given, minutes, START } from '../../test/given.js';
import { type WebhookCommand, webhookDecider } from './webhook.js';
import type { WebhookEvent } from './webhook-events.js';

const URL = 'https://example.vn/hook?key=abc';
const AFTER = { stream: 'lead-1', revision: 3 };
const REGISTER: WebhookCommand = { kind: 'register', url: URL, after: AFTER };
const REGISTERED: WebhookEvent = {
  type: 'WebhookRegistered',
  data: { url: URL, types: [], after: AFTER },
};
const ENDED: WebhookEvent = { type: 'WebhookEnded', data: {} };
const hook = given(webhookDecider, [REGISTERED]);

describe('a webhook', () => {
  it('is registered by somebody, from a place in the log on', () => {
    given(webhookDecider).when(REGISTER).decides(REGISTERED);
    expect(hook.state).toMatchObject({
      status: 'active',
      registeredBy: ACTOR.id,
      registeredAt: START,
      start: { epoch: 0, after: AFTER },
    });
    hook.when(REGISTER).refused('webhook_exists');
  });

  it.each<[string, unknown, unknown, readonly string[]]>([
    ['no address', 'example', [], ['url']],
    ['another scheme', 'ftp://example.vn', [], ['url']],
    ['a password', 'https://a:b@example.vn', [], ['url']],
    ['a fragment', 'https://example.vn/#x', [], ['url']],
    ['a line break', 'https://example.vn/\nx', [], ['url']],
    ['a long address', `https://example.vn/${'x'.repeat(2_048)}`, [], ['url']],
    ['an unknown type', URL, ['LeadCaptured', 'LeadSung'], ['types.1']],
    ['a type of its own book-keeping', URL, ['WebhookReached'], ['types.0']],
    ['a type of claims', URL, ['MatchKeyClaimed'], ['types.0']],
    ['a type twice', URL, ['LeadCaptured', 'LeadCaptured'], ['types.1']],
    ['types that are no list', URL, 'LeadCaptured', ['types']],
  ])('is refused with %s', (_what, url, types, paths) => {
    const command = { kind: 'register', url, types, after: null } as WebhookCommand;
    given(webhookDecider)
      .when(command)
      .refused('invalid_fields', ...paths);
  });

  it('is changed part by part, paused and resumed', () => {
    hook.when({ kind: 'change', url: URL, active: true }).decides();
    hook.when({ kind: 'change', types: ['LeadCaptured'], active: false }).decides({
      type: 'WebhookChanged',
      data: {
        changes: [
          { field: 'types', from: [], to: ['LeadCaptured'] },
          { field: 'active', from: true, to: false },
        ],
      },
    });
    const paused = hook.when({ kind: 'change', active: false }).after();
    expect(paused.status).toBe('paused');
    hook.when({ kind: 'change', active: 1 as never }).refused('invalid_fields', 'active');
  });

  it('that ended can be resumed', () => {
    hook.when({ kind: 'end' }).decides(ENDED);
    const ended = given(webhookDecider, [REGISTERED, ENDED]);
    ended.when({ kind: 'end' }).decides();
    expect(ended.when({ kind: 'change', active: true }).after().status).toBe('active');
  });

  it('gets another secret, each under the next number', () => {
    const event: WebhookEvent = { type: 'WebhookSecretReplaced', data: { version: 2 } };
    hook.when({ kind: 'replace-secret', keepHours: 0 }).decides(event);
    const again = given(webhookDecider, [REGISTERED, event]);
    expect(again.when({ kind: 'replace-secret' }).after().secretVersion).toBe(3);
  });

  it('keeps the secret before for a while, for a day unless told otherwise', () => {
    const until = (hours: number) => minutes(1_000 + 60 * hours);
    const replaced = hook.when({ kind: 'replace-secret' }).after();
    expect(replaced.previousSecret).toEqual({ version: 1, until: until(24) });
    const longer = hook.when({ kind: 'replace-secret', keepHours: 168 }).after();
    expect(longer.previousSecret).toEqual({ version: 1, until: until(168) });
    const kept = { version: 2, previousUntil: until(24) };
    const again = given(webhookDecider, [
      REGISTERED,
      { type: 'WebhookSecretReplaced', data: kept },
    ]);
    const ended = again.when({ kind: 'replace-secret', keepHours: 0 }).after();
    expect(ended).not.toHaveProperty('previousSecret');
    for (const keepHours of [-1, 169, 1.5, '24' as never]) {
      hook.when({ kind: 'replace-secret', keepHours }).refused('invalid_fields', 'keepHours');
    }
  });

  it('is replayed from a place on', () => {
    const { start } = hook.when({ kind: 'replay', after: null }).after();
    expect(start).toEqual({ epoch: 1, after: null });
  });

  it('that is held up is tried at once, from where it is', () => {
    const at = { stream: 'lead-1', revision: 7 };
    const event: WebhookEvent = { type: 'WebhookReplayed', data: { after: at } };
    hook.when({ kind: 'retry', held: { epoch: 0, at } }).decides(event);
    hook.when({ kind: 'retry', held: undefined }).decides();
    given(webhookDecider, [REGISTERED, event])
      .when({ kind: 'retry', held: { epoch: 0, at } })
      .decides();
    given(webhookDecider).when({ kind: 'retry', held: undefined }).refused('webhook_not_found');
  });

  it('is removed for good', () => {
    const removed = given(webhookDecider, [REGISTERED, { type: 'WebhookRemoved', data: {} }]);
    hook.when({ kind: 'remove' }).decides({ type: 'WebhookRemoved', data: {} });
    removed.when({ kind: 'remove' }).decides();
    removed.when({ kind: 'change', active: true }).refused('webhook_not_found');
    given(webhookDecider).when({ kind: 'remove' }).refused('webhook_not_found');
  });

  it('whose address was erased has none', () => {
    const data = { types: [], after: null } as unknown as (typeof REGISTERED)['data'];
    const state = given(webhookDecider, [{ type: 'WebhookRegistered', data } as WebhookEvent]);
    expect(state.state.url).toBe('');
  });
});
