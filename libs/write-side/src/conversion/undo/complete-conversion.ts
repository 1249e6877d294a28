import type { Uuid } from '#crm';
import type { Completed, ConversionEffects } from '../conversion-effects.js';
import type { ConversionUndoEffects } from './undo-effects.js';

/** Carries out whatever is missing of a conversion, and of its undoing where there is one. Answers where that left the lead. */
export type CompleteConversion = (leadId: Uuid, conversionId: Uuid) => Promise<Completed>;

/** One way to see a conversion whole, for everybody who meets one that is half done. */
export function createCompleteConversion(
  effects: ConversionEffects,
  undoEffects: ConversionUndoEffects,
): CompleteConversion {
  return async (leadId, conversionId) => {
    const converted = await effects.complete(leadId, conversionId);
    return (await undoEffects.complete(leadId, conversionId)) ?? converted;
  };
}
