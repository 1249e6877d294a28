import type { DecisionContext } from '../kernel/decider.js';
import { deriveId, type Uuid } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import type { Assignee, Change } from '../record/change.js';
import { type FieldValue, sameValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import type { Settings } from '../settings/settings.js';
import { assigneeOf } from './assignment.js';
import type { Course } from './course.js';
import { coursesOf, follow } from './follow.js';
import type { MergeUndoneData } from './merge-events.js';
import { noticesTo, ownersOf } from './merge-notices.js';
import { change, laterMerges, takenBy } from './merge-parts.js';
import { refOf } from './merge-plan.js';
import type { CommittedMerge } from './merge-state.js';
import { followOwner, type OwnerCourse } from './owner-course.js';
import { followTags, rebasedParts } from './rebased-parts.js';
import { takeBack } from './take-back.js';

/** What the caller decides of fields (or `ownerId`) that were changed since: `keep` is what happens of itself. */
export type UndoDecisions = Readonly<Record<string, 'revert' | 'keep'>>;

/** A field that the merge changed and somebody after it. */
export interface UndoConflict {
  readonly field: string;
  readonly current?: FieldValue;
  /** What the merge made of it. */
  readonly merged?: FieldValue;
  /** What it was before the merge. */
  readonly before?: FieldValue;
  readonly decision: 'revert' | 'keep';
}

export interface MergeUndoOutlook {
  readonly merge: CommittedMerge;
  readonly conflicts: readonly UndoConflict[];
  readonly plan: MergeUndoneData;
}

/**
 * Plans the undoing of a merge. Preview and undo share it. `absorbed` are the records that the survivor stands for, as they stand: what
 * those of later merges brought as well stays. With those of this merge alone, nothing stays.
 * @throws Refusal `merge_not_found` (404), `already_undone` (409), `unknown_conflict` (422)
 */
export function planMergeUndo(
  survivor: RecordState,
  mergeId: Uuid,
  absorbed: readonly RecordState[],
  decisions: UndoDecisions,
  context: DecisionContext,
): MergeUndoOutlook {
  const merge = Object.hasOwn(survivor.merges, mergeId) ? survivor.merges[mergeId] : undefined;
  if (!merge) throw new Refusal('not-found', 'merge_not_found', 'There is no such merge.');
  if (merge.undo) {
    throw new Refusal('conflict', 'already_undone', 'The merge was undone already.', {
      facts: { undoId: merge.undo.done.undoId },
    });
  }
  const later = laterMerges(survivor.merges, mergeId);
  const { settings } = context;
  const courses = coursesOf(survivor, merge, later, settings);
  const followed = follow(survivor, courses, later, absorbed, settings);
  const field = fieldsBack(survivor, followed.courses, decisions, settings);
  const owner = merge.part.assigned && followOwner(survivor, merge.part.assigned, later, absorbed);
  const assigned = ownerBack(survivor, owner, decisions);
  const tags = followTags(merge.part.tags, later, absorbed);
  const conflicts = [...field.conflicts, ...assigned.conflicts];
  refuseUnknown(decisions, conflicts);
  const undoId = deriveId(context.commandId, `undo:${mergeId}`);
  const parts = rebasedParts(later, { fields: followed.rebased, tags: tags.rebased, owner });
  const plan: MergeUndoneData = {
    undoId,
    mergeId,
    records: merge.plan.records.map(refOf),
    changes: field.changes,
    tags: tags.gone.filter((tag) => survivor.tags.includes(tag)),
    ...(assigned.back && { assigned: assigned.back }),
    kept: conflicts.filter(({ decision }) => decision === 'keep').map(({ field }) => field),
    notices: noticesTo(ownersOf(takenBy(merge, absorbed)), undoId, context),
    ...(parts.length > 0 && { parts }),
  };
  return { merge, conflicts, plan };
}

function fieldsBack(
  survivor: RecordState,
  courses: readonly Course[],
  decisions: UndoDecisions,
  { phoneRegion }: Settings,
) {
  const reverts: Change[] = [];
  const conflicts: UndoConflict[] = [];
  for (const { field, type, withIt: after, without: before } of courses) {
    const current = fieldValue(survivor, field);
    const back = takeBack({ before, after, current }, type, phoneRegion);
    if (back.outcome === 'unchanged') continue;
    const isConflict = back.outcome === 'conflict';
    const decision = decisionOn(field, decisions);
    if (isConflict) {
      conflicts.push({
        field,
        ...(current !== undefined && { current }),
        ...(after !== undefined && { merged: after }),
        ...(before !== undefined && { before }),
        decision,
      });
      if (decision === 'keep') continue;
    }
    reverts.push(change(field, current, isConflict ? before : back.value));
  }
  return { changes: reverts, conflicts };
}

function ownerBack(
  survivor: RecordState,
  course: OwnerCourse | undefined,
  decisions: UndoDecisions,
): {
  readonly back?: { readonly from: Assignee; readonly to: Assignee };
  readonly conflicts: readonly UndoConflict[];
} {
  if (!course) return { conflicts: [] };
  const from = assigneeOf(survivor);
  const { withIt: merged, without: to } = course;
  if (sameValue(merged, to) || sameValue(from, to)) return { conflicts: [] };
  if (sameValue(from, merged)) return { back: { from, to }, conflicts: [] };
  const decision = decisionOn('ownerId', decisions);
  const conflict: UndoConflict = {
    field: 'ownerId',
    ...(from.ownerId && { current: from.ownerId }),
    ...(merged.ownerId && { merged: merged.ownerId }),
    ...(to.ownerId && { before: to.ownerId }),
    decision,
  };
  return { ...(decision === 'revert' && { back: { from, to } }), conflicts: [conflict] };
}

function decisionOn(field: string, decisions: UndoDecisions): 'revert' | 'keep' {
  return Object.hasOwn(decisions, field) ? (decisions[field] ?? 'keep') : 'keep';
}

function refuseUnknown(decisions: UndoDecisions, conflicts: readonly UndoConflict[]): void {
  const known = new Set(conflicts.map(({ field }) => field));
  const errors = Object.keys(decisions)
    .filter((field) => !known.has(field))
    .map((field) => ({
      path: `conflicts.${field}`,
      code: 'unknown_conflict',
      message: 'Nothing about this field is to be decided.',
    }));
  if (errors.length > 0) {
    throw new Refusal('rule', 'unknown_conflict', 'There is no such conflict.', { errors });
  }
}
