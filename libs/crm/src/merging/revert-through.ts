import type { Uuid } from '../kernel/ids.js';
import { applyChanges } from '../record/apply-changes.js';
import { type Change, change } from '../record/change.js';
import { sameValue } from '../record/field.js';
import type { RecordState } from '../record/record-state.js';
import { eachOnce, refOf } from '../record/record-type.js';
import type { Settings } from '../settings/settings.js';
import { behindOf } from './behind.js';
import { bringBack } from './bring-back.js';
import { algebraOf } from './course.js';
import { coursesOf, type Followed, follow, recombined } from './follow.js';
import type { MergeRevertedData } from './merge-events.js';
import { laterMerges, partIn, takenBy } from './merge-parts.js';
import type { CommittedMerge, MergePart } from './merge-state.js';
import { followOwner, type OwnerCourse, ownedAnew } from './owner-course.js';
import { minus } from './parts.js';
import { followTags, rebasedParts } from './rebased-parts.js';
import type { DecideUndo, UndoConflict } from './undo-decisions.js';

/** The merge that took a record away, and those that it brought together. */
export interface Passage {
  readonly merge: CommittedMerge;
  /** The record whose own merge was undone, as it is since. */
  readonly inner: RecordState;
  /** All that the holder stands for, as they stand: those that the merge took away, the inner one among them, and those of later merges. */
  readonly away: readonly RecordState[];
}

/** The undoing, and the merge that it is of. */
export interface UndoIds {
  readonly undoId: Uuid;
  readonly mergeId: Uuid;
}

/**
 * What an undone merge takes back on the record that its survivor was itself merged into: there, each field comes to what it would
 * have come to without the undone merge, where nobody changed it since. What somebody changed is in conflict, and stays unless decided
 * otherwise.
 */
export function revertThrough(
  holder: RecordState,
  { merge, inner, away: absorbed }: Passage,
  { undoId, mergeId }: UndoIds,
  decide: DecideUndo,
  settings: Settings,
): { readonly reverts: MergeRevertedData; readonly conflicts: readonly UndoConflict[] } {
  const { part } = merge;
  const { mergeId: through } = merge.plan;
  const away = takenBy(merge, absorbed);
  const later = laterMerges(holder.merges, through);
  const made = againAt(holder, merge, away, later, settings);
  const followed = follow(holder, made.courses, later, absorbed, settings);
  const owner = part.assigned && ownerAgain(holder, merge, away, later, absorbed, part.assigned);
  const theirs = new Set(away.flatMap(({ tags }) => tags));
  const tags = followTags(minus(part.tags, [...theirs]), later, absorbed);
  const own = part.tags.filter((tag) => theirs.has(tag));
  const parts = rebasedParts([merge, ...later], {
    fields: new Map([...made.rebased, ...followed.rebased]),
    tags: new Map([
      ...(own.length < part.tags.length ? [[through, own] as const] : []),
      ...tags.rebased,
    ]),
    owner,
  });
  const { conflicts, changes, assigned, kept } = bringBack(
    holder,
    followed.courses,
    owner,
    decide,
    settings.phoneRegion,
  );
  const reverts: MergeRevertedData = {
    undoId,
    mergeId,
    through: { mergeId: through, record: refOf(inner) },
    behind: eachOnce(behindOf(inner)),
    changes,
    tags: tags.gone.filter((tag) => holder.tags.includes(tag)),
    ...(assigned && { assigned }),
    kept,
    ...(parts.length > 0 && { parts }),
  };
  return { reverts, conflicts };
}

/** The merge made again, with the inner record as it is since. */
function againAt(
  holder: RecordState,
  merge: CommittedMerge,
  away: readonly RecordState[],
  later: readonly CommittedMerge[],
  settings: Settings,
): Followed {
  const started = coursesOf(holder, merge, later, settings);
  const before = started.map(({ field, without }) => change(field, undefined, without));
  const base = { ...holder, ...applyChanges(holder, before) };
  const anew = recombined(base, away, merge, settings);
  const email = started.find(({ field }) => field === 'email');
  const isOther = !sameValue(email?.withIt, anew.get('email')?.value);
  const changes: Change[] = [];
  const courses = started.map((course) => {
    const { field, type, withIt, without } = course;
    // Without a part of its own, the merge has one in the spare e-mails only where another became the record's own.
    const outlook = partIn(merge, field) || isOther ? anew.get(field) : undefined;
    const { isSame } = algebraOf(type, settings.phoneRegion, withIt, without);
    if (!outlook || isSame(outlook.value, withIt)) return { ...course, without: withIt };
    changes.push(change(field, without, outlook.value));
    return { ...course, without: outlook.value };
  });
  const rebased = new Map(changes.length > 0 ? [[merge.plan.mergeId, changes]] : []);
  return { courses, rebased };
}

function ownerAgain(
  holder: RecordState,
  merge: CommittedMerge,
  away: readonly RecordState[],
  later: readonly CommittedMerge[],
  absorbed: readonly RecordState[],
  { from, to: was }: NonNullable<MergePart['assigned']>,
): OwnerCourse {
  const to = ownedAnew(holder, from, away, merge);
  const course = followOwner(holder, { from: to, to: was }, later, absorbed);
  if (sameValue(to, was)) return course;
  return { ...course, rebased: new Map([[merge.plan.mergeId, { from, to }], ...course.rebased]) };
}
