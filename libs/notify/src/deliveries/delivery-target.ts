import {
  type DeliveryEvent,
  type DeliveryState,
  deliveryDecider,
  deliveryStream,
  type Uuid,
} from '#crm';
import type { Target } from '#write-side';

/** A delivery as a stream to decide on. */
export function deliveryTarget(
  id: Uuid,
  { unborn = false } = {},
): Target<DeliveryState, DeliveryEvent> {
  return {
    stream: deliveryStream(id),
    unborn,
    initial: () => deliveryDecider.initial(id),
    evolve: deliveryDecider.evolve,
  };
}
