import { type Change, change } from '../record/change.js';
import { sameValue } from '../record/field.js';
import type { RecordState } from '../record/record-state.js';
import { type RecordRef, sameRecord } from '../record/record-type.js';
import type { RebasedPart } from './merge-events.js';
import type { MergePlan } from './merge-plan.js';
import { type CommittedMerge, type MergePart, type MergeState, mergeOf } from './merge-state.js';

type Merges = MergeState['merges'];

/** At first a merge's part is what it planned. */
export function partOf({ changes, tags, assigned }: MergePlan): MergePart {
  return {
    changes: changes.map(({ field, from, to }) => change(field, from, to)),
    tags,
    ...(assigned && { assigned: { from: assigned.from, to: assigned.to } }),
  };
}

/** The merges with the parts that they have after an undoing. Of an erased event nothing is known of them. */
export function withParts(merges: Merges, parts: readonly RebasedPart[] = []): Merges {
  const known = parts.flatMap((rebased) => {
    const { mergeId } = rebased;
    const merge = mergeOf({ merges }, mergeId);
    return merge ? [[mergeId, { ...merge, part: rebasedTo(merge.part, rebased) }] as const] : [];
  });
  return known.length === 0 ? merges : { ...merges, ...Object.fromEntries(known) };
}

function rebasedTo(part: MergePart, { changes, tags, assigned }: RebasedPart): MergePart {
  const fields = new Set(changes.map(({ field }) => field));
  const owner = assigned && (sameValue(assigned.from, assigned.to) ? undefined : assigned);
  return {
    changes: [
      ...part.changes.filter(({ field }) => !fields.has(field)),
      ...changes.filter(({ from, to }) => !sameValue(from, to)),
    ],
    tags: tags ?? part.tags,
    assigned: assigned ? owner : part.assigned,
  };
}

/** Merges into the record that were committed after the one named, and stand. */
export function laterMerges(merges: Merges, mergeId: string): readonly CommittedMerge[] {
  const ids = Object.keys(merges);
  return ids
    .slice(ids.indexOf(mergeId) + 1)
    .flatMap((id) => merges[id] ?? [])
    .filter(({ undo }) => !undo);
}

/** The records that a merge took away, and those of later ones: all of whom it has to be known what they brought. */
export function standingSince(merges: Merges, merge: CommittedMerge): readonly RecordRef[] {
  const later = laterMerges(merges, merge.plan.mergeId);
  return [merge, ...later].flatMap(({ plan }) => plan.records);
}

/** The part of a merge in one field. */
export function partIn({ part }: CommittedMerge, field: string): Change | undefined {
  return part.changes.find((one) => one.field === field);
}

/** Those of the records that a merge took away, in the order of its plan. */
export function takenBy(
  { plan }: Pick<CommittedMerge, 'plan'>,
  states: readonly RecordState[],
): readonly RecordState[] {
  return plan.records.flatMap((record) => states.find((state) => sameRecord(state, record)) ?? []);
}
