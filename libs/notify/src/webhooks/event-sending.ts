import type { Instant, Recorded, Uuid, WebhookState } from '#crm';
import { signatureOf } from './signature.js';
import type { CallOutcome, WebhookCaller } from './webhook-caller.js';

/** Sends one event to one webhook, signed. */
export type SendEvent = (
  webhook: Pick<WebhookState, 'id' | 'url' | 'secretVersion' | 'previousSecret'>,
  event: Recorded,
  signal?: AbortSignal,
) => Promise<CallOutcome>;

export interface EventSendingOptions {
  readonly caller: WebhookCaller;
  secretOf(webhookId: Uuid, version: number): string;
  /** The JSON of an event, as the feed has it. */
  bodyOf(event: Recorded): string;
  readonly now: () => Instant;
}

export function createSendEvent(options: EventSendingOptions): SendEvent {
  const { caller, secretOf, bodyOf, now } = options;
  return ({ id, url, secretVersion, previousSecret }, event, signal) => {
    const [body, at] = [bodyOf(event), now()];
    const kept = previousSecret && at < previousSecret.until ? [previousSecret.version] : [];
    const secrets = [secretVersion, ...kept].map((version) => secretOf(id, version));
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'leadledger',
      'leadledger-webhook-id': id,
      'leadledger-event-id': event.id,
      'leadledger-signature': signatureOf(secrets, at, body),
    };
    return caller.call({ url, headers, body }, signal);
  };
}
