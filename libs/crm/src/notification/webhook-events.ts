import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Instant } from '../kernel/ids.js';
import type { Change } from '../record/change.js';
import type { LogPlace } from './log-place.js';

export type WebhookRegistered = DomainEvent<
  'WebhookRegistered',
  {
    readonly url: string;
    /** Types of the events that are sent; empty for all. */
    readonly types: readonly string[];
    /** Events after this one are sent. */
    readonly after: LogPlace;
  }
>;
/** Changes of `url`, `types` and `active`. */
export type WebhookChanged = DomainEvent<'WebhookChanged', { readonly changes: readonly Change[] }>;
/**
 * The secret itself is in no event: it is made from the installation's own and the version. Until `previousUntil` the one before signs too; left
 * out, it signs nothing any more.
 */
export type WebhookSecretReplaced = DomainEvent<
  'WebhookSecretReplaced',
  { readonly version: number; readonly previousUntil?: Instant }
>;
export type WebhookReplayed = DomainEvent<'WebhookReplayed', { readonly after: LogPlace }>;
/** The other end said that it is gone for good (410). */
export type WebhookEnded = DomainEvent<'WebhookEnded', Readonly<Record<string, never>>>;
export type WebhookRemoved = DomainEvent<'WebhookRemoved', Readonly<Record<string, never>>>;

export type WebhookEvent =
  | WebhookRegistered
  | WebhookChanged
  | WebhookSecretReplaced
  | WebhookReplayed
  | WebhookEnded
  | WebhookRemoved;

/** An address may have a password of its own in it. */
export const WEBHOOK_EVENTS: readonly EventDefinition[] = [
  defineEvent('WebhookRegistered', 'Events are to be sent to an address.', {
    paths: ['url'],
    changedFields: [],
  }),
  defineEvent('WebhookChanged', 'A webhook got another address or choice, was paused or resumed.', {
    paths: [],
    changedFields: ['url'],
  }),
  defineEvent('WebhookSecretReplaced', 'What is sent to a webhook is signed with a new secret.'),
  defineEvent('WebhookReplayed', 'Events are sent to a webhook again, from a place in the log on.'),
  defineEvent('WebhookEnded', 'The receiver of a webhook answered that it is gone for good.'),
  defineEvent('WebhookRemoved', 'Nothing is sent to a webhook any more.'),
];
