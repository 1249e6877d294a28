import {
  type AnyRecordState,
  laterMerges,
  mergeOf,
  passageOf,
  type RecordRef,
  type RecordState,
  Refusal,
  type Standing,
  sameRecord,
  standingSince,
  type Uuid,
} from '#crm';
import type { Executor } from '../execution/executor.js';
import { busy } from '../execution/outdated.js';
import { recordTarget } from '../records/record-target.js';
import { finishMerges } from './finish-merges.js';
import type { MergeEffects } from './merge-effects.js';

/** A record above, at the revision where it was read, and the merge that brought the one below it there. */
export interface StandingAbove {
  readonly standing: Standing<AnyRecordState>;
  readonly passage: Uuid;
  readonly absorbed: readonly AnyRecordState[];
}

/** All that the undoing of a merge rests on. Whatever of it changes changes the revision of the survivor or of a record above. */
export interface UndoneMerge {
  readonly survivor: Standing<AnyRecordState>;
  /** Those that the merge took away. */
  readonly away: readonly AnyRecordState[];
  /** Those of later merges into the survivor. */
  readonly beside: readonly AnyRecordState[];
  /** The records that the survivor was merged into since, the nearest first. */
  readonly above: readonly StandingAbove[];
}

export interface FindUndoneOptions {
  readonly executor: Executor;
  readonly effects: MergeEffects;
}

/** Most readings of a chain that others are changing. */
const ATTEMPTS = 50;

/**
 * Reads what a merge is undone on, with nothing half done.
 * @throws Refusal `merge_not_found` (404) when the survivor knows no such merge, `busy` (409) when the chain keeps changing
 */
export async function findUndoneMerge(
  ref: RecordRef,
  mergeId: Uuid,
  options: FindUndoneOptions,
): Promise<UndoneMerge> {
  const { executor, effects } = options;
  for (let tried = 0; tried < ATTEMPTS; tried++) {
    const survivor = await executor.load(recordTarget(ref.type, ref.id));
    const { merges } = survivor.state;
    const merge = mergeOf({ merges }, mergeId);
    if (!merge) throw noMerge();
    if (await finishMerges(survivor.state, effects)) continue;
    const above = await aboveOf(survivor.state, options);
    if (!above) continue;
    const later = laterMerges(merges, mergeId).flatMap(({ plan }) => plan.records);
    const [away, beside] = await Promise.all([
      statesOf(merge.plan.records, executor),
      statesOf(later, executor),
    ]);
    return { survivor, away, beside, above };
  }
  throw busy('Too many others are changing the records; try again.');
}

export function noMerge(): Refusal {
  return new Refusal('not-found', 'merge_not_found', 'There is no such merge.');
}

/** Undefined when something half done had to be finished, after which the chain may be another. */
async function aboveOf(
  survivor: RecordState,
  { executor, effects }: FindUndoneOptions,
): Promise<readonly StandingAbove[] | undefined> {
  const above: StandingAbove[] = [];
  // A chain has an end; that it could be a ring is only thought of so as never to go round in one.
  const isNew = (ref: RecordRef) =>
    !sameRecord(ref, survivor) && !above.some(({ standing }) => sameRecord(standing.state, ref));
  let inner = survivor;
  while (inner.lifecycle === 'merged' && inner.mergedInto && isNew(inner.mergedInto)) {
    const { type, id } = inner.mergedInto;
    const standing = await executor.load(recordTarget(type, id));
    if (await finishMerges(standing.state, effects)) return undefined;
    const merge = passageOf(standing.state, inner);
    // The one below was brought back between the two readings.
    if (!merge) return undefined;
    const absorbed = await statesOf(standingSince(standing.state.merges, merge), executor);
    above.push({ standing, passage: merge.plan.mergeId, absorbed });
    inner = standing.state;
  }
  return above;
}

function statesOf(
  records: readonly RecordRef[],
  executor: Executor,
): Promise<readonly AnyRecordState[]> {
  return Promise.all(
    records.map(async ({ type, id }) => (await executor.load(recordTarget(type, id))).state),
  );
}
