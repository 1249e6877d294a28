import { Refusal } from '../kernel/refusal.js';
import type { FieldValue } from '../record/field.js';
import { type RecordRef, sameRecord } from '../record/record-type.js';

/** What becomes of a value that somebody changed since: `keep` is what happens of itself. */
export type MergeUndoDecision = 'revert' | 'keep';

/** One conflict with what becomes of it. */
export interface DecidedConflict {
  readonly record: RecordRef;
  readonly field: string;
  readonly decision: MergeUndoDecision;
}

/**
 * What the caller decides of fields (or `ownerId`, for owner and team) that were changed since: by field, whichever record it is in
 * conflict on, or one by one, where records of a chain are to be treated differently.
 */
export type UndoDecisions =
  | Readonly<Record<string, MergeUndoDecision>>
  | readonly DecidedConflict[];

/** What is to become of a conflict. */
export type DecideUndo = (record: RecordRef, field: string) => MergeUndoDecision;

/** A field that undoing would change and that somebody changed after the merge. */
export interface UndoConflict extends DecidedConflict {
  readonly current?: FieldValue;
  /** What the merge made of it. */
  readonly merged?: FieldValue;
  /** What would come back. */
  readonly before?: FieldValue;
}

/** What the decisions say of each conflict. */
export function decidedBy(decisions: UndoDecisions): DecideUndo {
  if (isListed(decisions)) {
    return (record, field) => decisions.find(isOf(record, field))?.decision ?? 'keep';
  }
  return (_record, field) =>
    Object.hasOwn(decisions, field) ? (decisions[field] ?? 'keep') : 'keep';
}

/** @throws Refusal `unknown_conflict`, `decided_twice` (422) naming each decision that cannot be followed */
export function refuseUnknown(decisions: UndoDecisions, conflicts: readonly UndoConflict[]): void {
  const errors = isListed(decisions)
    ? decisions.flatMap(({ record, field }, index) => {
        if (!conflicts.some(isOf(record, field))) return [unknown(index)];
        return decisions.findIndex(isOf(record, field)) < index ? [twice(index)] : [];
      })
    : Object.keys(decisions)
        .filter((field) => !conflicts.some((conflict) => conflict.field === field))
        .map(unknown);
  const [first] = errors;
  if (first) throw new Refusal('rule', first.code, first.message, { errors });
}

function unknown(key: string | number) {
  const message = 'Nothing about this field is to be decided.';
  return { path: `conflicts.${key}`, code: 'unknown_conflict', message };
}

function twice(index: number) {
  const message = 'This was decided before in the list.';
  return { path: `conflicts.${index}`, code: 'decided_twice', message };
}

function isOf(record: RecordRef, field: string) {
  return (one: DecidedConflict) => one.field === field && sameRecord(one.record, record);
}

function isListed(decisions: UndoDecisions): decisions is readonly DecidedConflict[] {
  return Array.isArray(decisions);
}
