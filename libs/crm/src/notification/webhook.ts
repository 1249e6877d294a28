import { ALL_EVENTS } from '../all-events.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import { later } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { sameValue } from '../record/field.js';
import { InputReading } from '../record/values/input-reading.js';
import { readFlag, readList, readWhole, refuseRepeated } from '../settings/parts/read-parts.js';
import type { DispatchPlace } from './dispatch-events.js';
import type { LogPlace } from './log-place.js';
import { readWebhookUrl } from './read-webhook-url.js';
import { UNTOLD_TYPES } from './told-streams.js';
import type { WebhookEvent, WebhookSecretReplaced } from './webhook-events.js';

/** How long a secret that was replaced may still sign. */
export const KEEP_HOURS = { usual: 24, most: 168 } as const;

/** `ended`: the receiver said that it is gone; it can be resumed all the same. */
export type WebhookStatus = 'active' | 'paused' | 'ended' | 'removed';

/** An address that events are sent to. */
export interface WebhookState {
  readonly id: Uuid;
  readonly status: WebhookStatus | 'absent';
  readonly url: string;
  readonly types: readonly string[];
  /** Whose rights it lives by. */
  readonly registeredBy: Uuid;
  readonly registeredAt: Instant;
  /** Which secret signs, from 1. */
  readonly secretVersion: number;
  /** The secret that signs beside it for a while, so that a receiver can change over without missing a call. */
  readonly previousSecret?: { readonly version: number; readonly until: Instant } | undefined;
  /** Where sending began, or was begun again: `epoch` counts. */
  readonly start: { readonly epoch: number; readonly after: LogPlace };
}

export type RegisterWebhook = {
  readonly kind: 'register';
  readonly url: string;
  /** Event types; all when empty or left out. */
  readonly types?: readonly string[];
  readonly after: LogPlace;
};
/** What is left out stays as it is. */
export type ChangeWebhook = {
  readonly kind: 'change';
  readonly url?: string;
  readonly types?: readonly string[];
  readonly active?: boolean;
};
export type WebhookCommand =
  | RegisterWebhook
  | ChangeWebhook
  /** For so many hours the one before signs too, 0 to 168; 24 when left out. */
  | { readonly kind: 'replace-secret'; readonly keepHours?: number | undefined }
  | { readonly kind: 'replay'; readonly after: LogPlace }
  /** Tries at once what it is held up by, if it is: then `held` is how far it had got. */
  | { readonly kind: 'retry'; readonly held: DispatchPlace | undefined }
  | { readonly kind: 'end' }
  | { readonly kind: 'remove' };

/** The stream of one webhook. */
export function webhookStream(id: Uuid): string {
  return `webhook-${id}`;
}

/** The rules of a webhook (PRODUCT.md P6). */
export const webhookDecider: Decider<WebhookState, WebhookCommand, WebhookEvent> = {
  initial: (id) => ({
    id,
    status: 'absent',
    url: '',
    types: [],
    registeredBy: '',
    registeredAt: '',
    secretVersion: 1,
    start: { epoch: 0, after: null },
  }),
  decide,
  evolve(state, event) {
    switch (event.type) {
      case 'WebhookRegistered': {
        const { url, types, after } = event.data;
        const { actor, occurredAt: registeredAt } = event.metadata;
        const start = { epoch: 0, after };
        const registered = { registeredBy: actor.id, registeredAt, start };
        // Erased with what was personal.
        return { ...state, status: 'active', url: url ?? '', types, ...registered };
      }
      case 'WebhookChanged':
        return event.data.changes.reduce(changed, state);
      case 'WebhookSecretReplaced':
        return secretReplaced(state, event.data);
      case 'WebhookReplayed':
        return { ...state, start: { epoch: state.start.epoch + 1, after: event.data.after } };
      case 'WebhookEnded':
        return { ...state, status: 'ended' };
      case 'WebhookRemoved':
        return { ...state, status: 'removed' };
      default: {
        const unknown: never = event;
        void unknown;
        return state;
      }
    }
  },
};

function decide(
  state: WebhookState,
  command: WebhookCommand,
  { now }: DecisionContext,
): readonly WebhookEvent[] {
  if (command.kind === 'register') return register(state, command);
  if (state.status === 'absent' || state.status === 'removed') {
    if (command.kind === 'remove' && state.status === 'removed') return [];
    throw new Refusal('not-found', 'webhook_not_found', 'There is no such webhook.');
  }
  switch (command.kind) {
    case 'change':
      return change(state, command);
    case 'replace-secret':
      return replaceSecret(state, command.keepHours, now);
    case 'replay':
      return [{ type: 'WebhookReplayed', data: { after: command.after } }];
    case 'retry':
      return retry(state, command.held);
    case 'end':
      return state.status === 'active' ? [{ type: 'WebhookEnded', data: {} }] : [];
    case 'remove':
      return [{ type: 'WebhookRemoved', data: {} }];
  }
}

function register(state: WebhookState, command: RegisterWebhook): readonly WebhookEvent[] {
  if (state.status !== 'absent') {
    throw new Refusal('conflict', 'webhook_exists', 'The webhook is there already.');
  }
  const reading = new InputReading();
  const data = {
    url: reading.required(readWebhookUrl, command.url, 'url', ''),
    types: readTypes(reading, command.types ?? []),
    after: command.after,
  };
  reading.finish();
  return [{ type: 'WebhookRegistered', data }];
}

function change(state: WebhookState, command: ChangeWebhook): readonly WebhookEvent[] {
  const reading = new InputReading();
  const before = { url: state.url, types: state.types, active: state.status === 'active' };
  const after = {
    url: reading.required(readWebhookUrl, command.url ?? before.url, 'url', ''),
    types: command.types ? readTypes(reading, command.types) : before.types,
    active: readFlag(reading, command.active ?? before.active, 'active'),
  };
  reading.finish();
  const changes = (['url', 'types', 'active'] as const)
    .filter((field) => !sameValue(before[field], after[field]))
    .map((field) => ({ field, from: before[field], to: after[field] }));
  return changes.length === 0 ? [] : [{ type: 'WebhookChanged', data: { changes } }];
}

/** Nothing when it was replayed since: then nothing holds it up any more. */
function retry({ start }: WebhookState, held: DispatchPlace | undefined): readonly WebhookEvent[] {
  if (held?.epoch !== start.epoch) return [];
  return [{ type: 'WebhookReplayed', data: { after: held.at } }];
}

function replaceSecret(
  { secretVersion }: WebhookState,
  keepHours: number = KEEP_HOURS.usual,
  now: Instant,
): readonly WebhookEvent[] {
  const reading = new InputReading();
  const hours = readWhole(reading, keepHours, 'keepHours', { min: 0, max: KEEP_HOURS.most });
  reading.finish();
  const until = later(now, hours * 3_600_000);
  const kept = hours > 0 ? { previousUntil: until } : {};
  return [{ type: 'WebhookSecretReplaced', data: { version: secretVersion + 1, ...kept } }];
}

function secretReplaced(
  { previousSecret: _, ...state }: WebhookState,
  { version, previousUntil: until }: WebhookSecretReplaced['data'],
): WebhookState {
  const previous = until ? { previousSecret: { version: state.secretVersion, until } } : {};
  return { ...state, secretVersion: version, ...previous };
}

function changed(
  state: WebhookState,
  { field, to }: { readonly field: string; readonly to?: unknown },
): WebhookState {
  switch (field) {
    case 'url':
      return { ...state, url: typeof to === 'string' ? to : '' };
    case 'types':
      return { ...state, types: to as readonly string[] };
    case 'active':
      return { ...state, status: to === true ? 'active' : 'paused' };
    default:
      return state;
  }
}

function readTypes(reading: InputReading, raw: readonly string[]): readonly string[] {
  const types = readList(reading, raw, 'types', ALL_EVENTS.length);
  for (const [index, type] of types.entries()) {
    const known = ALL_EVENTS.some((event) => event.type === type) && !UNTOLD_TYPES.has(type);
    const message = 'There is no such event type to be told of; docs/events.md has them all.';
    reading.refuseUnless(known, `types.${index}`, 'unknown_event_type', message);
  }
  const at = (index: number) => `types.${index}`;
  refuseRepeated(reading, types, at, 'duplicate_type', 'This type is there already.');
  return types;
}
