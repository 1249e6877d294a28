import {
  type ConversionUndoConflict,
  type Kept,
  type PlannedReversal,
  type RecordRef,
  type TargetType,
  UNDO_ORDER,
  type Uuid,
} from '#crm';
import type { ConversionUndoPreview } from '#write-side';

/** A record that would be brought back to what it was. */
interface ToldReversal {
  readonly record: RecordRef;
  readonly changes: PlannedReversal['changes'];
  readonly removedTags: readonly string[];
  readonly assigned?: PlannedReversal['assigned'];
}

/** What undoing a conversion would do, as callers see it. */
export interface UndoPreviewAnswer {
  readonly conversionId: Uuid;
  readonly leadId: Uuid;
  /** The lead's. */
  readonly revision: number;
  /** Records that would be deleted. */
  readonly withdrawn: readonly RecordRef[];
  readonly reverted: readonly ToldReversal[];
  readonly kept: readonly Kept[];
  readonly conflicts: readonly ConversionUndoConflict[];
  /** Users who would be told. */
  readonly notified: readonly Uuid[];
  /** Give it to the undoing, to be refused when something changed in between. */
  readonly basis: string;
}

/** What a caller is told of a preview. */
export function undoPreviewAnswer(preview: ConversionUndoPreview): UndoPreviewAnswer {
  const { conversionId, leadId, revision, plan, kept, conflicts, basis } = preview;
  const planned = UNDO_ORDER.map((type) => told(type, plan[type]));
  return {
    ...{ conversionId, leadId, revision },
    withdrawn: planned.flatMap(({ withdrawn }) => withdrawn ?? []),
    reverted: planned.flatMap(({ reverted }) => reverted ?? []),
    ...{ kept, conflicts },
    notified: plan.notices.map(({ recipientId }) => recipientId),
    basis,
  };
}

function told(
  type: TargetType,
  planned: ConversionUndoPreview['plan'][TargetType],
): { readonly withdrawn?: RecordRef; readonly reverted?: ToldReversal } {
  if (!planned || planned.action === 'keep') return {};
  const record = { type, id: planned.id };
  if (planned.action === 'withdraw') return { withdrawn: record };
  const { changes, tags, assigned } = planned;
  return { reverted: { record, changes, removedTags: tags, ...(assigned && { assigned }) } };
}
