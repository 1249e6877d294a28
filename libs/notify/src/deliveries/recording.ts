import { type DeliveryCommand, type DeliveryState, deliveryDecider, type Uuid } from '#crm';
import type { IdSource } from '#platform';
import { type Executor, processAuthority } from '#write-side';
import { deliveryTarget } from './delivery-target.js';
import type { Outcome } from './outcome.js';

const AUTHORITY = processAuthority('deliveries');

/** Deliveries as their streams have them, and what becomes of them. */
export interface Recording {
  load(id: Uuid): Promise<DeliveryState>;
  carryOut(id: Uuid, command: DeliveryCommand): Promise<void>;
  /** Notes what came of an attempt. What was sent and could not be noted is remembered, so as not to be sent again. */
  outcome(id: Uuid, outcome: Outcome): Promise<void>;
  /** Whether it was sent already, and only that was not noted. */
  wasSent(id: Uuid): boolean;
}

export interface RecordingOptions {
  readonly executor: Executor;
  readonly ids: IdSource;
  /** 0 up to and without 1, each time another. */
  readonly chance: () => number;
}

export function createRecording({ executor, ids, chance }: RecordingOptions): Recording {
  const sent = new Set<Uuid>();
  const carryOut = async (id: Uuid, command: DeliveryCommand) => {
    const commandId = ids.next();
    await executor.execute(
      deliveryTarget(id),
      { authority: AUTHORITY, commandId, correlationId: commandId, fresh: true },
      (state, context) => deliveryDecider.decide(state, command, context),
    );
  };
  return {
    carryOut,
    load: async (id) => (await executor.load(deliveryTarget(id))).state,
    wasSent: (id) => sent.has(id),
    async outcome(id, outcome) {
      if (!outcome.sent) {
        const { error, permanent = false, waitMs } = outcome;
        return carryOut(id, { kind: 'fail', error, permanent, waitMs, chance: chance() });
      }
      sent.add(id);
      await carryOut(id, { kind: 'succeed' });
      sent.delete(id);
    },
  };
}
