import type { DecisionContext } from '../kernel/decider.js';
import { deriveId, type Uuid } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import type { Assignee, Change } from '../record/change.js';
import { type FieldValue, sameValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import type { Settings } from '../settings/settings.js';
import type { MergeUndoneData } from './merge-events.js';
import { type MergePlan, refOf } from './merge-plan.js';
import type { CommittedMerge } from './merge-state.js';
import { mergeableFields } from './mergeable-fields.js';
import { assigneeOf, noticesTo, ownersOf } from './plan-merge.js';
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
 * Plans the undoing of a merge. Preview and undo share it. `away` are the records that it took away, as they stand.
 * @throws Refusal `merge_not_found` (404), `already_undone` (409), `unknown_conflict` (422)
 */
export function planMergeUndo(
  survivor: RecordState,
  mergeId: Uuid,
  away: readonly RecordState[],
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
  const { changes, conflicts } = fieldsBack(survivor, merge.plan, decisions, context.settings);
  const owner = ownerBack(survivor, merge.plan, decisions);
  const all = [...conflicts, ...owner.conflicts];
  refuseUnknown(decisions, all);
  const undoId = deriveId(context.commandId, `undo:${mergeId}`);
  const plan: MergeUndoneData = {
    undoId,
    mergeId,
    records: merge.plan.records.map(refOf),
    changes,
    tags: merge.plan.tags.filter((tag) => survivor.tags.includes(tag)),
    ...(owner.assigned && { assigned: owner.assigned }),
    kept: all.filter(({ decision }) => decision === 'keep').map(({ field }) => field),
    notices: noticesTo(ownersOf(away), undoId, context),
  };
  return { merge, conflicts: all, plan };
}

function fieldsBack(
  survivor: RecordState,
  { changes }: MergePlan,
  decisions: UndoDecisions,
  settings: Settings,
) {
  const types = new Map(
    mergeableFields(survivor.type, settings).map(({ field, type }) => [field, type]),
  );
  const reverts: Change[] = [];
  const conflicts: UndoConflict[] = [];
  for (const { field, from: before, to: after } of changes) {
    const current = fieldValue(survivor, field);
    const back = takeBack({ before, after, current }, types.get(field) ?? '', settings.phoneRegion);
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

/** A change of a field between two values, either of which may be none. */
export function change(
  field: string,
  from: FieldValue | undefined,
  to: FieldValue | undefined,
): Change {
  return { field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function ownerBack(
  survivor: RecordState,
  { assigned }: MergePlan,
  decisions: UndoDecisions,
): {
  readonly assigned?: { readonly from: Assignee; readonly to: Assignee };
  readonly conflicts: readonly UndoConflict[];
} {
  const from = assigneeOf(survivor);
  if (!assigned || sameValue(from, assigned.from)) return { conflicts: [] };
  const back = { from, to: assigned.from };
  if (sameValue(from, assigned.to)) return { assigned: back, conflicts: [] };
  const decision = decisionOn('ownerId', decisions);
  const conflict: UndoConflict = {
    field: 'ownerId',
    ...(from.ownerId && { current: from.ownerId }),
    ...(assigned.to.ownerId && { merged: assigned.to.ownerId }),
    ...(assigned.from.ownerId && { before: assigned.from.ownerId }),
    decision,
  };
  return { ...(decision === 'revert' && { assigned: back }), conflicts: [conflict] };
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
