import {
  type DeliveryCommand,
  type DeliveryState,
  deliveryDecider,
  type Instant,
  type Uuid,
} from '#crm';
import type { IdSource } from '#platform';
import { type Executor, processAuthority } from '#write-side';
import { deliveryTarget } from './delivery-target.js';
import type { Outcome } from './outcome.js';

const AUTHORITY = processAuthority('deliveries');

/** Deliveries as their streams have them, and what becomes of them. */
export interface Recording {
  load(id: Uuid): Promise<DeliveryState>;
  carryOut(id: Uuid, command: DeliveryCommand): Promise<void>;
  /**
   * Notes what came of an attempt at some that went together: when they failed, they are due together again. What was sent and could not be noted is remembered, so
   * as not to be sent again.
   */
  outcome(ids: readonly Uuid[], outcome: Outcome): Promise<void>;
  /** Whether it was sent already, and only that was not noted. */
  wasSent(id: Uuid): boolean;
}

export interface RecordingOptions {
  readonly executor: Executor;
  readonly ids: IdSource;
  readonly now: () => Instant;
  /** 0 up to and without 1, each time another. */
  readonly chance: () => number;
}

export function createRecording({ executor, ids, now, chance }: RecordingOptions): Recording {
  const sent = new Set<Uuid>();
  const carryOut = async (id: Uuid, command: DeliveryCommand): Promise<void> => {
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
    async outcome(ids, outcome) {
      const each = (note: (id: Uuid) => Promise<void>) => Promise.all(ids.map(note));
      if (!outcome.sent) {
        const { error, permanent = false, waitMs } = outcome;
        const [at, luck] = [now(), chance()];
        const failure = { kind: 'fail', error, permanent, waitMs, at, chance: luck } as const;
        await each((id) => carryOut(id, failure));
        return;
      }
      for (const id of ids) sent.add(id);
      await each(async (id) => {
        await carryOut(id, { kind: 'succeed' });
        sent.delete(id);
      });
    },
  };
}
