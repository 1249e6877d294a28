import {
  type Uuid,
  type WebhookEvent,
  type WebhookState,
  webhookDecider,
  webhookStream,
} from '#crm';
import type { Target } from '#write-side';

/** A webhook as a stream to decide on. */
export function webhookTarget(
  id: Uuid,
  { unborn = false } = {},
): Target<WebhookState, WebhookEvent> {
  return {
    stream: webhookStream(id),
    unborn,
    initial: () => webhookDecider.initial(id),
    evolve: webhookDecider.evolve,
  };
}
