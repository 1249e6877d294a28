import type { RecordState } from '../record/record-state.js';
import { type RecordRef, refOf, sameRecord } from '../record/record-type.js';
import type { Settings } from '../settings/settings.js';
import { passageOf } from './decide-merging.js';
import { evolveMerging } from './evolve-merging.js';
import type { MergeRevertedData } from './merge-events.js';
import type { Recording } from './merge-state.js';
import { revertThrough, type UndoIds } from './revert-through.js';
import type { DecideUndo, UndoConflict } from './undo-decisions.js';

/** A record that the survivor of an undone merge was merged into since, itself or through others. */
export interface Above {
  readonly holder: RecordState;
  /** Those that the merge which brought the one below it took away, and those of later merges, as they stand. */
  readonly absorbed: readonly RecordState[];
}

/** What is taken back on a record above. */
export interface RevertedAbove {
  readonly record: RecordRef;
  readonly reverts: MergeRevertedData;
}

/** Goes up the chain from the survivor as it is once its merge is undone: each record from what the one below it came to. */
export function revertUpwards(
  survivor: RecordState,
  chain: readonly Above[],
  ids: UndoIds,
  decide: DecideUndo,
  settings: Settings,
  recording: Recording,
): { readonly above: readonly RevertedAbove[]; readonly conflicts: readonly UndoConflict[] } {
  const above: RevertedAbove[] = [];
  const conflicts: UndoConflict[] = [];
  let inner = survivor;
  for (const { holder, absorbed } of chain) {
    const merge = passageOf(holder, inner);
    if (!merge) throw new Error(`${inner.id} was not merged into ${holder.id}.`);
    const below = inner;
    const away = absorbed.map((state) => (sameRecord(state, below) ? below : state));
    const one = revertThrough(holder, { merge, inner, away }, ids, decide, settings);
    above.push({ record: refOf(holder), reverts: one.reverts });
    conflicts.push(...one.conflicts);
    const event = { type: 'MergeReverted', data: one.reverts } as const;
    inner = { ...holder, ...evolveMerging(holder, event, recording) };
  }
  return { above, conflicts };
}
