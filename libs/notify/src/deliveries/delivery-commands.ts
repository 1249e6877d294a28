import { deliveryDecider, type Uuid } from '#crm';
import type { CommandResult, Envelope, Executor } from '#write-side';
import { deliveryTarget } from './delivery-target.js';

export interface DeliveryCommands {
  /** Has something tried again that is parked, or waits for its next attempt. That the caller may is for the caller of this to see to. */
  retry(id: Uuid, envelope: Envelope): Promise<CommandResult>;
}

/** What people do about deliveries. */
export function createDeliveryCommands(executor: Executor): DeliveryCommands {
  return {
    async retry(id, envelope) {
      const { revision, position } = await executor.execute(
        deliveryTarget(id),
        envelope,
        (state, context) => deliveryDecider.decide(state, { kind: 'retry' }, context),
      );
      return { id, revision, position };
    },
  };
}
