import type { Instant } from '../kernel/ids.js';
import { later } from '../kernel/instant.js';
import { BACK_OFF, backOffMs } from './back-off.js';
import { callDeliveryId, type FailedAttempt } from './delivery.js';
import type { DispatchEvent, DispatchedEvent } from './dispatch-events.js';
import type { LogPlace } from './log-place.js';
import type { WebhookState } from './webhook.js';

/** The event that a webhook is held up by. */
export interface Hindrance {
  readonly event: DispatchedEvent;
  readonly attempts: number;
  readonly error: string;
  readonly nextAt: Instant;
}

/** How far a webhook is. */
export interface DispatchState {
  readonly epoch: number;
  readonly at: LogPlace;
  readonly hindrance?: Hindrance;
}

/** How far a webhook is by the last event of its dispatch; at its start when there is none, or none since it was last replayed. */
export function dispatchState(
  { start }: Pick<WebhookState, 'start'>,
  last: DispatchEvent | undefined,
): DispatchState {
  if (!last || last.data.epoch !== start.epoch) return { epoch: start.epoch, at: start.after };
  const { epoch, at } = last.data;
  if (last.type !== 'WebhookAttemptFailed') return { epoch, at };
  const { event, attempt, error, nextAt } = last.data;
  return { epoch, at, hindrance: { event, attempts: attempt, error, nextAt } };
}

/** What a failed attempt at an event comes to: another one later, or parking. Those of earlier events do not count. */
export function afterFailure(
  { epoch, at, hindrance }: DispatchState,
  webhookId: string,
  event: DispatchedEvent,
  { error, waitMs, chance }: Pick<FailedAttempt, 'error' | 'waitMs' | 'chance'>,
  now: Instant,
): DispatchEvent {
  const attempt = (hindrance?.event.id === event.id ? hindrance.attempts : 0) + 1;
  if (attempt >= BACK_OFF.attempts) {
    const { id, stream, revision } = event;
    const deliveryId = callDeliveryId(webhookId, id);
    const data = { epoch, at: { stream, revision }, deliveryId, error };
    return { type: 'WebhookEventParked', data };
  }
  const nextAt = later(now, backOffMs(attempt, chance, waitMs));
  return { type: 'WebhookAttemptFailed', data: { epoch, at, event, attempt, error, nextAt } };
}
