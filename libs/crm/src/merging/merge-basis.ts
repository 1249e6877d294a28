import { deriveId, type Uuid } from '../kernel/ids.js';
import type { RecordRef } from '../record/record-type.js';
import type { MergePlan } from './merge-plan.js';
import type { MergeUndoOutlook } from './plan-merge-undo.js';

/** Names the bases of previews among name-based ids. */
const BASIS_NAMESPACE = '0b8f6c1e-3f0a-5f0e-9b52-7f5f6f0a2c6d';
const UNDO_NAMESPACE = '6a1f1c57-1b8e-5f07-8f3b-2a4c1d0e9b35';

/**
 * What a merge would do, as a fingerprint: equal as long as it would do the same to the same records. Where their streams stand does
 * not count, nor do ids that every planning makes anew: a note that came in between changes nothing of what was previewed.
 */
export function mergeBasis(survivor: RecordRef, plan: MergePlan): Uuid {
  return deriveId(BASIS_NAMESPACE, JSON.stringify(groundOf(survivor, plan)));
}

/** What the fingerprint is of. */
export function groundOf({ type, id }: RecordRef, plan: MergePlan): object {
  const { mergeId: _fresh, notices, records, ...rest } = plan;
  return {
    survivor: { type, id },
    records: records.map(({ revision: _where, ...record }) => record),
    ...rest,
    told: notices.map(({ recipientId, records }) => ({ recipientId, records })),
  };
}

/** The same of an undoing: of what it would do to every record that it writes to, and of what is in conflict there. */
export function mergeUndoBasis({
  plan,
  above,
  conflicts,
}: Pick<MergeUndoOutlook, 'plan' | 'above' | 'conflicts'>): Uuid {
  const { undoId: _fresh, notices: _told, ...rest } = plan;
  const up = above.map(({ record, reverts: { undoId: _same, ...reverts } }) => ({
    record,
    reverts,
  }));
  return deriveId(UNDO_NAMESPACE, JSON.stringify({ ...rest, up, conflicts }));
}
