import type { FieldValue } from '../../record/field.js';
import type { RecordRef } from '../../record/record-type.js';
import type { TargetType } from '../target-type.js';
import type { Use } from './undo-found.js';
import type { ConversionUndoPlan, KeptReason } from './undo-plan.js';

/**
 * What the caller decides of what was changed since: of a record that the conversion created as a whole, of one that it updated field by
 * field, or one word for all of its fields. `keep` is what happens of itself.
 */
export type UndoDecision =
  | 'keep'
  | 'withdraw'
  | 'revert'
  | Readonly<Record<string, 'keep' | 'revert'>>;
export type ConversionUndoDecisions = Readonly<Partial<Record<TargetType, UndoDecision>>>;

/** A value that the conversion set and somebody changed since. A side without a value is an empty field. */
export type ChangedValue = {
  /** `email`, `custom.budget`, `ownerId`, `teamId`, `stageId`, `status`, `tags`. */
  readonly field: string;
  readonly current?: FieldValue;
  /** What the conversion set. */
  readonly converted?: FieldValue;
  /** What would come back. Nothing does where the record would be withdrawn. */
  readonly before?: FieldValue;
};

/** Something that was changed since, with what becomes of it. */
export type ConversionUndoConflict = {
  readonly record: RecordRef;
  /** Of an updated record; left out, it is about a created record as a whole. */
  readonly field?: string;
  readonly values: readonly ChangedValue[];
  readonly decision: 'keep' | 'withdraw' | 'revert';
};

/** Something that stays, and why. */
export type Kept = {
  readonly record: RecordRef;
  /** Left out: the record as a whole. */
  readonly field?: string;
  readonly reason: KeptReason;
  /** What makes use of the record, as far as the caller may see it. */
  readonly by: readonly Use['by'][];
};

/** What undoing a conversion would do: preview shows it, undoing carries it out. */
export interface ConversionUndoOutlook {
  readonly plan: ConversionUndoPlan;
  readonly kept: readonly Kept[];
  readonly conflicts: readonly ConversionUndoConflict[];
}
