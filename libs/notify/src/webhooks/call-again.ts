import type { Uuid } from '#crm';
import { type Instant, isDue, type PlannedCall, type WebhookState } from '#crm';
import type { EventLog } from '#event-store';
import type { Sender } from '../deliveries/deliveries.js';
import type { Outcome } from '../deliveries/outcome.js';
import type { SendEvent } from './event-sending.js';
import type { CallOutcome } from './webhook-caller.js';

export interface CallAgainOptions {
  readonly log: EventLog;
  readonly sendEvent: SendEvent;
  /** The webhook as its stream has it. */
  webhook(id: Uuid): Promise<WebhookState>;
  /** Whether whoever registered it may still be told of events. */
  mayReceive(userId: Uuid): boolean;
  readonly now: () => Instant;
}

/** A receiver that is gone for good is not tried again by itself. */
function lastOne(outcome: CallOutcome): Outcome {
  return !outcome.sent && outcome.gone ? { ...outcome, permanent: true } : outcome;
}

/** Sends events again that a webhook did not take and that somebody retried by hand. */
export function createCallAgain(options: CallAgainOptions): Sender {
  const { log, sendEvent, webhook, mayReceive, now } = options;

  async function attempt(
    state: WebhookState,
    { stream, revision }: PlannedCall,
  ): Promise<CallOutcome> {
    const { events } = await log.readStream({ stream, from: revision, limit: 1 });
    const [event] = events;
    return event ? sendEvent(state, event) : { sent: false, error: 'event_missing' };
  }

  return {
    async send(ids, recording) {
      for (const id of ids) {
        const state = await recording.load(id);
        if (state.planned?.channel !== 'webhook' || !isDue(state, now())) continue;
        if (recording.wasSent(id)) {
          await recording.outcome([id], { sent: true });
          continue;
        }
        const to = await webhook(state.planned.webhookId);
        const isThere = to.status !== 'removed' && to.status !== 'absent';
        if (isThere && mayReceive(to.registeredBy)) {
          const outcome = await attempt(to, state.planned);
          await recording.outcome([id], lastOne(outcome));
        } else await recording.carryOut(id, { kind: 'skip', reason: 'webhook-gone' });
      }
    },
  };
}
