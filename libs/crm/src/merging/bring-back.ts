import { type Assignee, assigneeOf, type Change, change } from '../record/change.js';
import { sameValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import { refOf } from '../record/record-type.js';
import type { Course } from './course.js';
import type { Reverted } from './merge-events.js';
import type { OwnerCourse } from './owner-course.js';
import { takeBack } from './take-back.js';
import type { DecideUndo, UndoConflict } from './undo-decisions.js';

/** What is brought back on one record, and what somebody changed there since. */
export interface BroughtBack extends Pick<Reverted, 'changes' | 'assigned' | 'kept'> {
  readonly conflicts: readonly UndoConflict[];
}

/** Brings a record's fields and owner from how they went to how they would have gone, and what was changed since only where that is decided. */
export function bringBack(
  holder: RecordState,
  courses: readonly Course[],
  owner: OwnerCourse | undefined,
  decide: DecideUndo,
  phoneRegion: string,
): BroughtBack {
  const fields = fieldsBack(holder, courses, decide, phoneRegion);
  const { assigned, conflict } = owner ? ownerBack(holder, owner, decide) : {};
  const conflicts = [...fields.conflicts, ...(conflict ? [conflict] : [])];
  return {
    changes: fields.changes,
    ...(assigned && { assigned }),
    kept: conflicts.filter(({ decision }) => decision === 'keep').map(({ field }) => field),
    conflicts,
  };
}

function fieldsBack(
  holder: RecordState,
  courses: readonly Course[],
  decide: DecideUndo,
  phoneRegion: string,
) {
  const record = refOf(holder);
  const changes: Change[] = [];
  const conflicts: UndoConflict[] = [];
  for (const { field, type, withIt: after, without: before } of courses) {
    const current = fieldValue(holder, field);
    const back = takeBack({ before, after, current }, type, phoneRegion);
    if (back.outcome === 'unchanged') continue;
    if (back.outcome === 'reverted') {
      changes.push(change(field, current, back.value));
      continue;
    }
    const decision = decide(record, field);
    conflicts.push({
      ...{ record, field },
      ...(current !== undefined && { current }),
      ...(after !== undefined && { merged: after }),
      ...(before !== undefined && { before }),
      decision,
    });
    if (decision === 'revert') changes.push(change(field, current, before));
  }
  return { changes, conflicts };
}

function ownerBack(
  holder: RecordState,
  { withIt: merged, without: to }: OwnerCourse,
  decide: DecideUndo,
): {
  readonly assigned?: { readonly from: Assignee; readonly to: Assignee };
  readonly conflict?: UndoConflict;
} {
  const from = assigneeOf(holder);
  if (sameValue(merged, to) || sameValue(from, to)) return {};
  if (sameValue(from, merged)) return { assigned: { from, to } };
  const record = refOf(holder);
  const decision = decide(record, 'ownerId');
  const conflict: UndoConflict = {
    ...{ record, field: 'ownerId' },
    ...(from.ownerId && { current: from.ownerId }),
    ...(merged.ownerId && { merged: merged.ownerId }),
    ...(to.ownerId && { before: to.ownerId }),
    decision,
  };
  return { ...(decision === 'revert' && { assigned: { from, to } }), conflict };
}
