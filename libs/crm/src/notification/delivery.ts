import type { Decider, DecisionContext } from '../kernel/decider.js';
import { deriveId, type Instant, type Uuid } from '../kernel/ids.js';
import { later } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { sameValue } from '../record/field.js';
import { BACK_OFF, backOffMs } from './back-off.js';
import type { DeliveryEvent, PlannedCall, PlannedEmail, SkipReason } from './delivery-events.js';

/**
 * How a delivery stands.
 * - `pending`: not tried yet · `failing`: tried, and will be again · `parked`: waits for somebody to retry it
 * - `succeeded`, `skipped`: done with
 */
export const DELIVERY_STATUSES = ['pending', 'failing', 'parked', 'succeeded', 'skipped'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One thing to be sent to one recipient over one channel. */
export interface DeliveryState {
  readonly id: Uuid;
  readonly status: DeliveryStatus | 'absent';
  readonly planned?: PlannedEmail | PlannedCall;
  /** Failed attempts since it was planned, or retried by hand. */
  readonly attempts: number;
  /** Of the latest failure. */
  readonly error?: string;
  /** When it is tried next; none while parked and when done with. */
  readonly nextAt?: Instant | undefined;
  readonly skipped?: SkipReason;
}

/**
 * An attempt that failed, at a moment: now unless given; `permanent` when another one cannot succeed, `waitMs` when the other end said how long to
 * wait. `chance` is 0 up to and without 1.
 */
export type FailedAttempt = {
  readonly error: string;
  readonly permanent?: boolean;
  readonly waitMs?: number | undefined;
  readonly at?: Instant;
  readonly chance: number;
};

export type DeliveryCommand =
  | { readonly kind: 'plan'; readonly planned: PlannedEmail | PlannedCall }
  /** Plans what another process tried in vain as often as it may be tried. */
  | { readonly kind: 'plan-parked'; readonly planned: PlannedCall; readonly error: string }
  | { readonly kind: 'succeed' }
  | ({ readonly kind: 'fail' } & FailedAttempt)
  | { readonly kind: 'skip'; readonly reason: SkipReason }
  | { readonly kind: 'retry' };

/** The stream of one delivery. */
export function deliveryStream(id: Uuid): string {
  return `delivery-${id}`;
}

/** The id of the e-mail that tells of a notice. */
export function emailDeliveryId(notificationId: Uuid): Uuid {
  return deriveId(notificationId, 'email');
}

/** The id of a webhook's call about an event. */
export function callDeliveryId(webhookId: Uuid, eventId: Uuid): Uuid {
  return deriveId(webhookId, eventId);
}

/** Whether it may be sent now. */
export function isDue({ nextAt }: Pick<DeliveryState, 'nextAt'>, now: Instant): boolean {
  return nextAt !== undefined && nextAt <= now;
}

/** The rules of a delivery (PRODUCT.md P6): retried with back-off, then parked where an admin sees it, never silently dropped. */
export const deliveryDecider: Decider<DeliveryState, DeliveryCommand, DeliveryEvent> = {
  initial: (id) => ({ id, status: 'absent', attempts: 0 }),
  decide,
  evolve(state, event) {
    switch (event.type) {
      case 'DeliveryPlanned': {
        const planned = event.data;
        const nextAt = planned.channel === 'email' ? planned.dueAt : event.metadata.occurredAt;
        return { ...state, status: 'pending', planned, nextAt };
      }
      case 'DeliverySucceeded':
        return { ...state, status: 'succeeded', nextAt: undefined };
      case 'DeliveryFailed': {
        const { attempt, error, nextAt } = event.data;
        return { ...state, status: 'failing', attempts: attempt, error, nextAt };
      }
      case 'DeliveryParked': {
        const { attempt, error } = event.data;
        return { ...state, status: 'parked', attempts: attempt, error, nextAt: undefined };
      }
      case 'DeliveryRetried':
        return { ...state, status: 'pending', attempts: 0, nextAt: event.metadata.occurredAt };
      case 'DeliverySkipped':
        return { ...state, status: 'skipped', skipped: event.data.reason, nextAt: undefined };
      default: {
        const unknown: never = event;
        void unknown;
        return state;
      }
    }
  },
};

function decide(
  state: DeliveryState,
  command: DeliveryCommand,
  context: DecisionContext,
): readonly DeliveryEvent[] {
  switch (command.kind) {
    case 'plan':
    case 'plan-parked':
      return plan(state, command);
    case 'retry':
      return retry(state);
  }
  if (state.nextAt === undefined) return [];
  const attempt = state.attempts + 1;
  switch (command.kind) {
    case 'succeed':
      return [{ type: 'DeliverySucceeded', data: { attempt } }];
    case 'skip':
      return [{ type: 'DeliverySkipped', data: { reason: command.reason } }];
    case 'fail':
      return [failed(attempt, { at: context.now, ...command })];
  }
}

function plan(
  state: DeliveryState,
  command: Extract<DeliveryCommand, { kind: 'plan' | 'plan-parked' }>,
): readonly DeliveryEvent[] {
  const { planned } = command;
  if (state.status === 'absent') {
    const event: DeliveryEvent = { type: 'DeliveryPlanned', data: planned };
    if (command.kind === 'plan') return [event];
    const data = { attempt: BACK_OFF.attempts, error: command.error };
    return [event, { type: 'DeliveryParked', data }];
  }
  if (sameValue(state.planned, planned)) return [];
  throw new Refusal('conflict', 'delivery_exists', 'Another delivery has this id.');
}

function retry(state: DeliveryState): readonly DeliveryEvent[] {
  switch (state.status) {
    case 'absent':
      throw new Refusal('not-found', 'delivery_not_found', 'There is no such delivery.');
    case 'parked':
    case 'failing':
      return [{ type: 'DeliveryRetried', data: {} }];
    case 'pending':
      return [];
    default:
      throw new Refusal('conflict', 'delivery_done', 'It was sent, or need not be sent any more.');
  }
}

function failed(
  attempt: number,
  { error, permanent = false, waitMs, chance, at }: FailedAttempt & { readonly at: Instant },
): DeliveryEvent {
  if (permanent || attempt >= BACK_OFF.attempts) {
    return { type: 'DeliveryParked', data: { attempt, error } };
  }
  const nextAt = later(at, backOffMs(attempt, chance, waitMs));
  return { type: 'DeliveryFailed', data: { attempt, error, nextAt } };
}
