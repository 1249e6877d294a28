import type { Decider } from '../kernel/decider.js';
import type { Uuid } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import type { RecordState } from '../record/record-state.js';
import { requireLive } from '../record/require-live.js';
import { brokenRule } from '../record/values/input-reading.js';
import type { RecordPair, SkipEvent } from './skip-events.js';

/** Whether a pair is known to be no duplicates. */
export interface SkipState {
  readonly id: Uuid;
  readonly status: 'absent' | 'skipped' | 'withdrawn';
  readonly pair?: RecordPair;
}

export type SkipCommand =
  | {
      readonly kind: 'skip';
      readonly pair: RecordPair;
      /** The two as they stand. */
      readonly records: readonly RecordState[];
    }
  | { readonly kind: 'withdraw' };

/** The rules of "not a duplicate" (PRODUCT.md P4): remembered for the pair, the same for everybody, until it is withdrawn. */
export const skipDecider: Decider<SkipState, SkipCommand, SkipEvent> = {
  initial: (id: Uuid) => ({ id, status: 'absent' }),
  decide,
  evolve(state, event) {
    const { type, ids } = event.data;
    switch (event.type) {
      case 'DuplicateSkipped':
        return { ...state, status: 'skipped', pair: { type, ids } };
      case 'DuplicateSkipWithdrawn':
        return { ...state, status: 'withdrawn', pair: { type, ids } };
      default: {
        const unknown: never = event;
        void unknown;
        return state;
      }
    }
  },
};

function decide(state: SkipState, command: SkipCommand): readonly SkipEvent[] {
  if (command.kind === 'withdraw') {
    if (!state.pair) {
      throw new Refusal('not-found', 'skip_not_found', 'This pair was never skipped.');
    }
    if (state.status === 'withdrawn') return [];
    return [{ type: 'DuplicateSkipWithdrawn', data: state.pair }];
  }
  if (state.status === 'skipped') return [];
  for (const [index, record] of command.records.entries()) {
    if (record.lifecycle === 'absent') {
      const message = `There is no such ${record.type}.`;
      throw brokenRule('unknown_reference', `records.${index}`, message);
    }
    requireLive(record);
  }
  return [{ type: 'DuplicateSkipped', data: command.pair }];
}
