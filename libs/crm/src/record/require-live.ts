import { Refusal } from '../kernel/refusal.js';
import type { RecordState } from './record-state.js';

/** Refuses unless the record is there to be worked on; a merged one names its survivor (PRODUCT.md P3). */
export function requireLive(state: RecordState): void {
  switch (state.lifecycle) {
    case 'live':
      return;
    case 'absent':
      throw new Refusal('not-found', 'record_not_found', `There is no such ${state.type}.`);
    case 'deleted':
      throw new Refusal(
        'conflict',
        'record_deleted',
        `The ${state.type} is deleted; restore it first.`,
      );
    case 'merged':
      throw new Refusal(
        'conflict',
        'record_merged',
        `The ${state.type} was merged into another record.`,
        {
          facts: state.mergedInto ? { survivor: { ...state.mergedInto } } : {},
        },
      );
  }
}
