import type { RecordState } from '../record/record-state.js';
import { type RecordRef, refOf } from '../record/record-type.js';

/** Records that were merged into another one, each with those behind it. */
type MergedInto = readonly (RecordRef & { readonly behind: readonly RecordRef[] })[];

/** All that was merged into a record, through chains: each record before those behind it. */
export function absorbedThrough(absorbed: MergedInto): readonly RecordRef[] {
  return absorbed.flatMap((record) => [refOf(record), ...record.behind]);
}

/** The leads among all that was merged into a record. */
export function leadsAmong(absorbed: MergedInto): readonly RecordRef[] {
  return absorbedThrough(absorbed).filter(({ type }) => type === 'lead');
}

/** Records whose notes, files, activities and histories a record shows beside its own. */
export function behindOf({
  absorbed,
  origins,
}: Pick<RecordState, 'absorbed' | 'origins'>): readonly RecordRef[] {
  return [...absorbedThrough(absorbed), ...origins];
}
