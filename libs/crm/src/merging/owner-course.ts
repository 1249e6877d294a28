import { type Assignee, assigneeOf } from '../record/change.js';
import { sameValue } from '../record/field.js';
import type { RecordState } from '../record/record-state.js';
import { sameRecord } from '../record/record-type.js';
import { assignment } from './assignment.js';
import { takenBy } from './merge-parts.js';
import type { CommittedMerge, MergePart } from './merge-state.js';

type Assigned = NonNullable<MergePart['assigned']>;

/** Whose a record was with a merge that is undone, and whose it would have been without. */
export interface OwnerCourse {
  readonly withIt: Assignee;
  readonly without: Assignee;
  /** By the merge's id: what later merges' part in it is now. */
  readonly rebased: ReadonlyMap<string, Assigned>;
}

/** Follows who a record is assigned to through the later merges, made again without the one that is undone. */
export function followOwner(
  holder: RecordState,
  { from: without, to: withIt }: Assigned,
  later: readonly CommittedMerge[],
  absorbed: readonly RecordState[],
): OwnerCourse {
  const rebased = new Map<string, Assigned>();
  let course = { withIt, without };
  for (const merge of later) {
    const mine = merge.part.assigned;
    if (mine && !sameValue(mine.from, course.withIt)) {
      course = { withIt: mine.from, without: mine.from };
    }
    const went = mine?.to ?? course.withIt;
    if (sameValue(course.withIt, course.without)) {
      course = { withIt: went, without: went };
      continue;
    }
    const away = takenBy(merge, absorbed);
    const isKnown = away.length === merge.plan.records.length;
    const from = course.without;
    const to = isKnown ? ownedAnew(holder, from, away, merge) : (mine?.to ?? from);
    if (!sameValue(mine ?? {}, { from, to }) && (mine || !sameValue(from, to))) {
      rebased.set(merge.plan.mergeId, { from, to });
    }
    course = { withIt: went, without: to };
  }
  return { ...course, rebased };
}

/** Whose a record would be by itself, or by what the others bring, or as was chosen, where that can still be. */
export function ownedAnew(
  holder: RecordState,
  own: Assignee,
  others: readonly RecordState[],
  { plan }: CommittedMerge,
): Assignee {
  const { ownerId: _owner, teamId: _team, ...rest } = holder;
  const base = { ...rest, ...own };
  const chosen = plan.choices.find(({ field }) => field === 'ownerId')?.record;
  const isThere = [base, ...others].some(
    (one) => chosen && sameRecord(one, chosen) && Object.keys(assigneeOf(one)).length > 0,
  );
  return assignment(base, others, isThere ? chosen : undefined)?.to ?? own;
}
