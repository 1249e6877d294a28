import { conversionWith, type LeadState, type RecordRef, type Uuid } from '#crm';
import type { ConversionEffects } from '../conversion/conversion-effects.js';
import type { Executor } from '../execution/executor.js';
import { recordTarget } from '../records/record-target.js';
import type { MergeEffects } from './merge-effects.js';

/**
 * Finishes a merge by what decided it: the survivor's own event, or the conversion of a lead that the merge takes place with, which has
 * more to carry out.
 */
export function completeDecided(
  executor: Executor,
  conversions: ConversionEffects,
  merges: MergeEffects,
): (deciding: RecordRef, mergeId: Uuid) => Promise<unknown> {
  return async (deciding, mergeId) => {
    const { state } = await executor.load(recordTarget(deciding.type, deciding.id));
    const conversionId = conversionWith(state, mergeId);
    if (conversionId !== undefined && (state as LeadState).pending[conversionId]) {
      await conversions.complete(deciding.id, conversionId);
    }
    return merges.complete(deciding, mergeId);
  };
}
