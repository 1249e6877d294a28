import type { Change } from '../record/change.js';
import type { RecordState } from '../record/record-state.js';
import type { RebasedPart } from './merge-events.js';
import { takenBy } from './merge-parts.js';
import type { CommittedMerge } from './merge-state.js';
import type { OwnerCourse } from './owner-course.js';

type ByMerge<Part> = ReadonlyMap<string, Part>;

/** Tags that an undone merge brought: those that go, and as the part of the later merge that brought them as well, those that stay. */
export function followTags(
  tags: readonly string[],
  later: readonly CommittedMerge[],
  absorbed: readonly RecordState[],
): { readonly gone: readonly string[]; readonly rebased: ByMerge<readonly string[]> } {
  const rebased = new Map<string, readonly string[]>();
  let gone = tags;
  for (const merge of later) {
    const theirs = new Set(takenBy(merge, absorbed).flatMap((state) => state.tags));
    const stay = gone.filter((tag) => theirs.has(tag));
    gone = gone.filter((tag) => !theirs.has(tag));
    if (stay.length > 0) rebased.set(merge.plan.mergeId, [...merge.part.tags, ...stay]);
  }
  return { gone, rebased };
}

/** What an undoing makes of the parts of the merges that stand, in their order; none for those that it leaves as they are. */
export function rebasedParts(
  merges: readonly CommittedMerge[],
  {
    fields,
    tags,
    owner,
  }: {
    readonly fields: ByMerge<readonly Change[]>;
    readonly tags: ByMerge<readonly string[]>;
    readonly owner: Pick<OwnerCourse, 'rebased'> | undefined;
  },
): readonly RebasedPart[] {
  return merges.flatMap(({ plan: { mergeId } }) => {
    const [changes, all, assigned] = [
      fields.get(mergeId),
      tags.get(mergeId),
      owner?.rebased.get(mergeId),
    ];
    if (!changes && !all && !assigned) return [];
    return [
      {
        mergeId,
        changes: changes ?? [],
        ...(all && { tags: all }),
        ...(assigned && { assigned }),
      },
    ];
  });
}
