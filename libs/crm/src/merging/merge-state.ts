import type { Actor } from '../kernel/event.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import type { Assignee, Change } from '../record/change.js';
import type { RecordRef } from '../record/record-type.js';
import type { MergeUndoneData, Reservation } from './merge-events.js';
import type { MergePlan } from './merge-plan.js';

/** Under what the rest of a committed merge or undoing is recorded. */
export type Recording = {
  readonly actor: Actor;
  readonly occurredAt: Instant;
  readonly correlationId: Uuid;
};

/**
 * What of the record's values is a merge's doing now: what it changed, less what undoing other merges took from that, and what it
 * brought as well as one that was undone.
 */
export type MergePart = {
  readonly changes: readonly Change[];
  readonly tags: readonly string[];
  readonly assigned?: { readonly from: Assignee; readonly to: Assignee } | undefined;
};

/** A merge into the record. */
export type CommittedMerge = Recording & {
  readonly plan: MergePlan;
  readonly part: MergePart;
  /** False while effects may still be missing. */
  readonly completed: boolean;
  readonly undo?: Recording & { readonly done: MergeUndoneData; readonly completed: boolean };
};

/** A record that another one stands for. */
export type Absorbed = RecordRef & {
  readonly mergeId: Uuid;
  /** Records whose notes, files, activities and histories came with it. */
  readonly behind: readonly RecordRef[];
};

/** What merging adds to a record's state. */
export interface MergeState {
  /** Records that were merged into this one and stand not alone again. */
  readonly absorbed: readonly Absorbed[];
  /** Set while a merge that is not decided yet holds the record. */
  readonly reservation?: Reservation | undefined;
  /** Attempts that were given up here; they cannot commit any more. */
  readonly releasedTokens: readonly Uuid[];
  /** Every merge into the record, by id, in the order in which they were committed. */
  readonly merges: Readonly<Record<Uuid, CommittedMerge>>;
}

/** A merge into the record, if there ever was one of that id. */
export function mergeOf(
  { merges }: Pick<MergeState, 'merges'>,
  mergeId: Uuid,
): CommittedMerge | undefined {
  return Object.hasOwn(merges, mergeId) ? merges[mergeId] : undefined;
}

/** Nothing was ever merged. */
export const NEVER_MERGED: MergeState = { absorbed: [], releasedTokens: [], merges: {} };
