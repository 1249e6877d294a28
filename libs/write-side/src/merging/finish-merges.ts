import { type RecordState, refOf } from '#crm';
import type { MergeEffects } from './merge-effects.js';

/** Finishes merges into the record, and undoings of them, that are half done, so that a plan sees records whole. True when there were any. */
export async function finishMerges(state: RecordState, effects: MergeEffects): Promise<boolean> {
  const pending = Object.entries(state.merges).filter(
    ([, { completed, undo }]) => !completed || undo?.completed === false,
  );
  for (const [mergeId] of pending) await effects.complete(refOf(state), mergeId);
  return pending.length > 0;
}
