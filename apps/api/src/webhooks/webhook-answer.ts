import {
  type DispatchEvent,
  dispatchState,
  dispatchStream,
  type Instant,
  type LogPlace,
  type Recorded,
  type Uuid,
  type WebhookStatus,
} from '#crm';
import type { EventLog } from '#event-store';
import type { WebhookDocument } from '#read-side';

/** A webhook as it is shown: without its secret, and with how it gets on. */
export interface WebhookAnswer {
  readonly id: Uuid;
  /** `suspended`: whoever registered it may not be told any more. */
  readonly status: WebhookStatus | 'suspended';
  readonly url: string;
  readonly types: readonly string[];
  readonly registeredBy: Uuid;
  readonly registeredAt: Instant;
  /** Until when the secret before signs too, when it was replaced with one that does. */
  readonly previousSecretUntil?: Instant;
  readonly revision: number;
  /** The last event that was sent, parked, or of no interest; null before any. What is passed over is not noted at once. */
  readonly reached: LogPlace;
  /** The event that the next ones wait for. */
  readonly failing?: {
    readonly eventId: Uuid;
    readonly type: string;
    readonly attempts: number;
    readonly error: string;
    readonly nextAt: Instant;
  };
}

/** Reads how far a webhook is: the last event of one stream. */
export async function webhookAnswer(
  log: EventLog,
  webhook: WebhookDocument,
  mayReceive: boolean,
): Promise<WebhookAnswer> {
  const { id, status, url, types, registeredBy, registeredAt, revision } = webhook;
  const { until } = webhook.previousSecret ?? {};
  const stream = dispatchStream(id);
  const { events } = await log.readStream({ stream, direction: 'backwards', limit: 1 });
  const state = dispatchState(webhook, events[0] as Recorded<DispatchEvent> | undefined);
  const { event, attempts, error, nextAt } = state.hindrance ?? {};
  return {
    ...{ id, url, types, registeredBy, registeredAt, revision, reached: state.at },
    status: status === 'active' && !mayReceive ? 'suspended' : status,
    ...(until !== undefined && { previousSecretUntil: until }),
    ...(event &&
      attempts !== undefined &&
      error !== undefined &&
      nextAt !== undefined && {
        failing: { eventId: event.id, type: event.type, attempts, error, nextAt },
      }),
  };
}
