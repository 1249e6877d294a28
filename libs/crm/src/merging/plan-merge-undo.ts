import type { DecisionContext } from '../kernel/decider.js';
import { deriveId, type Uuid } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import type { RecordState } from '../record/record-state.js';
import { refOf } from '../record/record-type.js';
import { bringBack } from './bring-back.js';
import { evolveMerging } from './evolve-merging.js';
import { coursesOf, follow } from './follow.js';
import type { MergeUndoneData } from './merge-events.js';
import { noticesTo, ownersOf } from './merge-notices.js';
import { laterMerges, takenBy } from './merge-parts.js';
import { type CommittedMerge, mergeOf } from './merge-state.js';
import { followOwner } from './owner-course.js';
import { followTags, rebasedParts } from './rebased-parts.js';
import { type Above, type RevertedAbove, revertUpwards } from './revert-upwards.js';
import {
  type DecideUndo,
  decidedBy,
  refuseUnknown,
  type UndoConflict,
  type UndoDecisions,
} from './undo-decisions.js';

/** What an undoing is planned on, as it stands. */
export interface ForMergeUndo {
  readonly survivor: RecordState;
  /** Those that the survivor stands for: what those of later merges brought as well stays. With those of this merge alone, nothing stays. */
  readonly absorbed: readonly RecordState[];
  /** The records that the survivor was merged into since, the nearest first. None where it stands for itself. */
  readonly chain: readonly Above[];
}

/** What undoing a merge would do, on every record that it writes to. */
export interface MergeUndoOutlook {
  /** The survivor's first, then those of the records above it. */
  readonly conflicts: readonly UndoConflict[];
  readonly plan: MergeUndoneData;
  /** What is taken back on the records of the chain, the nearest first. */
  readonly above: readonly RevertedAbove[];
}

/**
 * Plans the undoing of a merge, up the chain of records that the survivor was merged into. Preview and undo share it.
 * @throws Refusal `merge_not_found` (404), `already_undone` (409), `unknown_conflict`, `decided_twice` (422)
 */
export function planMergeUndo(
  found: ForMergeUndo,
  mergeId: Uuid,
  decisions: UndoDecisions,
  context: DecisionContext,
): MergeUndoOutlook {
  const { survivor, chain } = found;
  const merge = mergeOf(survivor, mergeId);
  if (!merge) throw new Refusal('not-found', 'merge_not_found', 'There is no such merge.');
  if (merge.undo) {
    throw new Refusal('conflict', 'already_undone', 'The merge was undone already.', {
      facts: { undoId: merge.undo.done.undoId },
    });
  }
  const { actor, occurredAt, commandId, settings } = context;
  const decide = decidedBy(decisions);
  const own = onSurvivor(found, merge, decide, context);
  const recording = { actor, occurredAt, correlationId: commandId };
  const undone = evolveMerging(survivor, { type: 'MergeUndone', data: own.plan }, recording);
  const since = { ...survivor, ...undone };
  const { undoId } = own.plan;
  const up = revertUpwards(since, chain, { undoId, mergeId }, decide, settings, recording);
  const conflicts = [...own.conflicts, ...up.conflicts];
  refuseUnknown(decisions, conflicts);
  const { above } = up;
  const told = above.map(({ record, reverts: { kept } }) => ({ record, kept }));
  const plan = { ...own.plan, ...(told.length > 0 && { above: told }) };
  return { conflicts, plan, above };
}

function onSurvivor(
  { survivor, absorbed }: ForMergeUndo,
  merge: CommittedMerge,
  decide: DecideUndo,
  context: DecisionContext,
): { readonly plan: MergeUndoneData; readonly conflicts: readonly UndoConflict[] } {
  const { settings } = context;
  const { mergeId, records } = merge.plan;
  const later = laterMerges(survivor.merges, mergeId);
  const courses = coursesOf(survivor, merge, later, settings);
  const followed = follow(survivor, courses, later, absorbed, settings);
  const owner = merge.part.assigned && followOwner(survivor, merge.part.assigned, later, absorbed);
  const back = bringBack(survivor, followed.courses, owner, decide, settings.phoneRegion);
  const { conflicts, changes, assigned, kept } = back;
  const tags = followTags(merge.part.tags, later, absorbed);
  const undoId = deriveId(context.commandId, `undo:${mergeId}`);
  const parts = rebasedParts(later, { fields: followed.rebased, tags: tags.rebased, owner });
  const plan: MergeUndoneData = {
    undoId,
    mergeId,
    records: records.map(refOf),
    changes,
    tags: tags.gone.filter((tag) => survivor.tags.includes(tag)),
    ...(assigned && { assigned }),
    kept,
    notices: noticesTo(ownersOf(survivor, takenBy(merge, absorbed)), undoId, context),
    ...(parts.length > 0 && { parts }),
  };
  return { plan, conflicts };
}
