import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Instant, Revision, Uuid } from '../kernel/ids.js';
import type { LogPlace } from './log-place.js';

/** An event of the log on its way to a webhook. */
export type DispatchedEvent = {
  readonly id: Uuid;
  readonly type: string;
  readonly stream: string;
  readonly revision: Revision;
};

/** How far a webhook is. `epoch` counts its replays: what was reached in an earlier one does not hold any more. */
export type DispatchPlace = { readonly epoch: number; readonly at: LogPlace };

/** Everything up to `at` was sent, or parked, or is of no interest to the webhook. */
export type WebhookReached = DomainEvent<'WebhookReached', DispatchPlace>;
/** The event after `at` could not be sent; those behind it wait. */
export type WebhookAttemptFailed = DomainEvent<
  'WebhookAttemptFailed',
  DispatchPlace & {
    readonly event: DispatchedEvent;
    readonly attempt: number;
    /** A code, such as `http_503`. */
    readonly error: string;
    readonly nextAt: Instant;
  }
>;
/** An event, the one at `at`, was tried as often as it may be. It waits as a delivery to be retried by hand; the next ones go on. */
export type WebhookEventParked = DomainEvent<
  'WebhookEventParked',
  DispatchPlace & { readonly deliveryId: Uuid; readonly error: string }
>;
export type DispatchEvent = WebhookReached | WebhookAttemptFailed | WebhookEventParked;

export const DISPATCH_EVENTS: readonly EventDefinition[] = [
  defineEvent('WebhookReached', 'Everything up to this event was sent to a webhook.'),
  defineEvent(
    'WebhookAttemptFailed',
    'An event could not be sent to a webhook; it will be tried again.',
  ),
  defineEvent(
    'WebhookEventParked',
    'An event was tried too often; it waits to be retried by hand.',
  ),
];

/** The stream of how far a webhook is. Its last event tells all. */
export function dispatchStream(webhookId: Uuid): string {
  return `dispatch-${webhookId}`;
}
