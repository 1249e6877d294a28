import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';
import type { Assignee, Change } from '../record/change.js';
import type { RecordName, RecordRef } from '../record/record-type.js';
import type { MergeNotice, MergePlan } from './merge-plan.js';

/** A record is held for a merge, or for the undoing of one, until that is decided: on the stream of `deciding`. */
export type Reservation = {
  /** Of one attempt, never used again. */
  readonly token: Uuid;
  readonly mergeId: Uuid;
  readonly deciding: RecordRef;
  /** Set when the record is held for undoing the merge. */
  readonly undo?: {
    readonly undoId: Uuid;
    /** What `MergeReverted` will take back on this record, as it was decided. None for the survivor, whose `MergeUndone` holds it. */
    readonly reverts?: MergeRevertedData;
  };
};
export type MergeReservationReleasedData = { readonly token: Uuid; readonly mergeId: Uuid };
export type MergedAwayData = { readonly mergeId: Uuid; readonly survivor: RecordRef };
export type MergeCompletedData = { readonly mergeId: Uuid };

/** What undoing a merge makes of another's part. */
export type RebasedPart = {
  readonly mergeId: string;
  /** Fields whose part is another now; none is left of one without values. */
  readonly changes: readonly Change[];
  /** All tags that are its part now, where they are others. */
  readonly tags?: readonly string[];
  /** Where it is another; none is left of one from an assignee to the same. */
  readonly assigned?: { readonly from: Assignee; readonly to: Assignee };
};

/** What an undoing takes back on one record. */
export type Reverted = {
  readonly changes: readonly Change[];
  /** Tags that go. */
  readonly tags: readonly string[];
  readonly assigned?: { readonly from: Assignee; readonly to: Assignee };
  /** Fields, and `ownerId` for who had it, that somebody changed since and that stay as they are. */
  readonly kept: readonly string[];
  /** What it makes of the parts of merges that stand: left out where that is nothing. */
  readonly parts?: readonly RebasedPart[];
};
export type MergeUndoneData = Reverted & {
  readonly undoId: Uuid;
  readonly mergeId: Uuid;
  /** Those that stand alone again. */
  readonly records: readonly RecordRef[];
  readonly notices: readonly MergeNotice[];
  /**
   * The records that the survivor was merged into since, the nearest first, with what stays there of what somebody changed: each is held
   * with what is taken back on it. Left out where there are none.
   */
  readonly above?: readonly { readonly record: RecordRef; readonly kept: readonly string[] }[];
};
/** On a record that the survivor of the undone merge was itself merged into. */
export type MergeRevertedData = Reverted & {
  readonly undoId: Uuid;
  readonly mergeId: Uuid;
  /** The merge that brought the undone one's survivor here, and what stands behind that survivor now. */
  readonly through: { readonly mergeId: Uuid; readonly record: RecordRef };
  readonly behind: readonly RecordRef[];
};
export type UnmergedData = {
  readonly undoId: Uuid;
  readonly mergeId: Uuid;
  readonly survivor: RecordRef;
};
export type MergeUndoCompletedData = { readonly undoId: Uuid; readonly mergeId: Uuid };

/** The events of merging, with the record type's name in front. */
export type MergeEvent<Name extends RecordName = RecordName> =
  | DomainEvent<`${Name}MergeReserved`, Reservation>
  | DomainEvent<`${Name}MergeReservationReleased`, MergeReservationReleasedData>
  | DomainEvent<`${Name}RecordsMerged`, MergePlan>
  | DomainEvent<`${Name}MergedAway`, MergedAwayData>
  | DomainEvent<`${Name}MergeCompleted`, MergeCompletedData>
  | DomainEvent<`${Name}MergeUndone`, MergeUndoneData>
  | DomainEvent<`${Name}MergeReverted`, MergeRevertedData>
  | DomainEvent<`${Name}Unmerged`, UnmergedData>
  | DomainEvent<`${Name}MergeUndoCompleted`, MergeUndoCompletedData>;

/** Their definitions. `personal`: the record type's personal fields, as `changedFields` names them. */
export function mergeEventDefinitions(
  name: RecordName,
  personal: readonly string[],
): readonly EventDefinition[] {
  const noun = name.toLowerCase();
  const changed = { paths: ['parts'], changedFields: personal };
  return [
    defineEvent(
      `${name}MergeReserved`,
      `The ${noun} is held for a merge, or the undoing of one, until that is decided.`,
      { paths: ['undo.reverts'], changedFields: [] },
    ),
    defineEvent(
      `${name}MergeReservationReleased`,
      `A merge that held the ${noun} was given up; it can no longer commit.`,
    ),
    defineEvent(
      `${name}RecordsMerged`,
      `Other records were merged into the ${noun}: the whole plan, and the commit point.`,
      { paths: ['lost'], changedFields: personal },
    ),
    defineEvent(`${name}MergedAway`, `The ${noun} was merged into another record.`),
    defineEvent(`${name}MergeCompleted`, 'Everything that the merge planned is done.'),
    defineEvent(
      `${name}MergeUndone`,
      `A merge into the ${noun} was taken back: what that reverts, and the commit point.`,
      changed,
    ),
    defineEvent(
      `${name}MergeReverted`,
      `What had come to the ${noun} through a merge that was undone was taken back.`,
      changed,
    ),
    defineEvent(`${name}Unmerged`, `The ${noun} stands alone again: its merge was undone.`),
    defineEvent(`${name}MergeUndoCompleted`, 'Everything that undoing the merge takes is done.'),
  ];
}
