import { applyChanges } from '../record/apply-changes.js';
import { type Change, change } from '../record/change.js';
import { sameValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import { type RecordRef, sameRecord } from '../record/record-type.js';
import type { Settings } from '../settings/settings.js';
import { offered } from './carried-to.js';
import { combineFields, type FieldOutlook } from './combine-fields.js';
import { algebraOf, type Course } from './course.js';
import { partIn, takenBy } from './merge-parts.js';
import type { CommittedMerge } from './merge-state.js';
import { mergeableFields } from './mergeable-fields.js';

/** Where the fields that a merge changed start from: with it, and at what they were before it. */
export function coursesOf(
  holder: RecordState,
  merge: CommittedMerge,
  later: readonly CommittedMerge[],
  settings: Settings,
): readonly Course[] {
  const types = new Map(
    mergeableFields(holder.type, settings).map(({ field, type }) => [field, type]),
  );
  // Which e-mails are spare depends on which one is the record's own.
  const isBound = types.has('otherEmails') && partIn(merge, 'email');
  const isFree = isBound && !partIn(merge, 'otherEmails');
  const changes: readonly Change[] = isFree
    ? [...merge.part.changes, { field: 'otherEmails' }]
    : merge.part.changes;
  return changes.map((made): Course => {
    const { field, from, to } = made;
    const type = types.get(field);
    const current = fieldValue(holder, field);
    const { before, apply } = algebraOf(type, settings.phoneRegion, from, to);
    const asWas = { field, type, withIt: to, without: from };
    if (later.length === 0 && sameValue(current, to)) return asWas;
    // What somebody did to a list or to texts since is on both ways.
    const all = [made, ...later.flatMap((one) => partIn(one, field) ?? [])];
    const start = before(current, all);
    if (!start) return asWas;
    return { ...asWas, withIt: apply(start.value, made), without: start.value };
  });
}

/** What becomes of fields in the merges after the one that is undone. */
export interface Followed {
  readonly courses: readonly Course[];
  /** By the merge's id: the fields in which its part is another now. */
  readonly rebased: ReadonlyMap<string, readonly Change[]>;
}

/**
 * Makes the later merges again, with what was before and without the one that is undone. `absorbed` are the records that they took away; a
 * merge of which some are not given is taken to bring what it brought.
 */
export function follow(
  holder: RecordState,
  courses: readonly Course[],
  later: readonly CommittedMerge[],
  absorbed: readonly RecordState[],
  settings: Settings,
): Followed {
  const rebased = new Map<string, readonly Change[]>();
  let current = courses;
  for (const merge of later) {
    const started = current.map((course) => start(course, partIn(merge, course.field), settings));
    const anew = once(() => again(holder, started, merge, absorbed, settings));
    const email = started.find(({ field }) => field === 'email');
    const isMoved = email !== undefined && !sameValue(email.withIt, email.without);
    const passed = started.map((course) => {
      const mine = partIn(merge, course.field);
      return pass(course, mine, anew, course.field === 'otherEmails' && isMoved, settings);
    });
    current = passed.map(({ course }) => course);
    const changes = passed.flatMap(({ part }) => part ?? []);
    if (changes.length > 0) rebased.set(merge.plan.mergeId, changes);
  }
  return { courses: current.map((course) => settled(course, later, settings)), rebased };
}

/** Worked out when it is first asked for: making a merge again takes its records apart, and mostly both ways are the same by then. */
function once<Value>(work: () => Value): () => Value {
  let done: { readonly value: Value } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

/** Where both ways come to the same but for the order of a list, nothing is to be done. */
function settled(
  course: Course,
  later: readonly CommittedMerge[],
  { phoneRegion }: Settings,
): Course {
  const { type, withIt, without } = course;
  const { isSame } = algebraOf(type, phoneRegion, withIt, without);
  return later.length > 0 && isSame(withIt, without) ? { ...course, without: withIt } : course;
}

/** A single value that somebody changed before the merge is on both ways: of what was before, nothing was left. */
function start(course: Course, mine: Change | undefined, settings: Settings): Course {
  const { type, withIt, without } = course;
  const { parted } = algebraOf(type, settings.phoneRegion, withIt, without, mine?.from, mine?.to);
  if (parted || !mine || sameValue(mine.from, withIt)) return course;
  return { ...course, withIt: mine.from, without: mine.from };
}

function pass(
  course: Course,
  mine: Change | undefined,
  anew: () => ReadonlyMap<string, FieldOutlook> | undefined,
  isMoved: boolean,
  { phoneRegion }: Settings,
): { readonly course: Course; readonly part?: Change } {
  const { field, type, withIt, without } = course;
  const values = [withIt, without, mine?.from, mine?.to];
  const { isSame, apply, between } = algebraOf(type, phoneRegion, ...values);
  const went = apply(withIt, mine);
  if (isSame(withIt, without) && !isMoved)
    return { course: { ...course, withIt: went, without: went } };
  const outlook = anew()?.get(field);
  const would = outlook ? outlook.value : apply(without, mine);
  const next = { ...course, withIt: went, without: would };
  const made = between(field, without, would);
  const before = between(field, mine?.from, mine?.to);
  return isSame(made.from, before.from) && isSame(made.to, before.to)
    ? { course: next }
    : { course: next, part: change(field, without, would) };
}

/** The merge made again on what would have been before it; undefined when not all its records are known. */
function again(
  holder: RecordState,
  courses: readonly Course[],
  merge: CommittedMerge,
  absorbed: readonly RecordState[],
  settings: Settings,
): ReadonlyMap<string, FieldOutlook> | undefined {
  const away = takenBy(merge, absorbed);
  if (away.length < merge.plan.records.length) return undefined;
  const before = courses.map(({ field, without }) => change(field, undefined, without));
  const base = { ...holder, ...applyChanges(holder, before) };
  return recombined(base, away, merge, settings);
}

/** Every field of a merge made again. A choice that can no longer be made leaves the field to the rules. */
export function recombined(
  base: RecordState,
  away: readonly RecordState[],
  { plan }: CommittedMerge,
  settings: Settings,
): ReadonlyMap<string, FieldOutlook> {
  const all = [base, ...away];
  const fields = new Set(mergeableFields(base.type, settings).map(({ field }) => field));
  const possible = plan.choices.flatMap(({ field, record }): (readonly [string, RecordRef])[] => {
    const state = all.find((one) => sameRecord(one, record));
    const isThere = state && offered(state, field, base.type, settings) !== undefined;
    return isThere && fields.has(field) ? [[field, record]] : [];
  });
  const outlooks = combineFields(base, away, Object.fromEntries(possible), settings);
  return new Map(outlooks.map((outlook) => [outlook.field, outlook]));
}
