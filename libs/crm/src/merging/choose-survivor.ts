import type { RecordState } from '../record/record-state.js';
import { type RecordRef, sameRecord } from '../record/record-type.js';
import { brokenRule } from '../record/values/input-reading.js';
import { type Settings, stageOf } from '../settings/settings.js';
import { isStaged } from '../stages/staged-state.js';
import { inOrderOfCreation } from './families.js';
import type { SurvivorPolicy } from './merge-plan.js';
import type { MergeRequest } from './merge-request.js';

export interface Chosen<State extends RecordState> {
  readonly survivor: State;
  readonly policy: SurvivorPolicy;
}

/**
 * Who survives a merge (PRODUCT.md P3): whom the caller names, or else as the policy says. In a mixed selection only opportunities
 * can: the result is one.
 * - `first-created`: ties by id
 * - `furthest`: open or won before lost, then the later stage, the higher probability, the older
 * @throws Refusal `survivor_not_selected`, `survivor_must_be_opportunity` (422)
 */
export function chooseSurvivor<State extends RecordState>(
  states: readonly State[],
  { survivor: named, policy = 'first-created' }: Pick<MergeRequest, 'survivor' | 'policy'>,
  settings: Settings,
): Chosen<State> {
  const mixed = states.some(({ type }) => type !== states[0]?.type);
  const eligible = mixed ? states.filter(({ type }) => type === 'opportunity') : states;
  if (named) {
    const survivor = namedAmong(states, eligible, named);
    return { survivor, policy: { name: 'named', version: 1 } };
  }
  const oldestFirst = inOrderOfCreation(eligible);
  const [survivor] = policy === 'furthest' ? furthestFirst(oldestFirst, settings) : oldestFirst;
  if (!survivor)
    throw brokenRule('too_few_records', 'records', 'A merge takes two records or more.');
  return { survivor, policy: { name: policy, version: 1 } };
}

function namedAmong<State extends RecordState>(
  states: readonly State[],
  eligible: readonly State[],
  named: RecordRef,
): State {
  const survivor = states.find((state) => sameRecord(state, named));
  if (!survivor) {
    const message = 'The survivor is not among the records.';
    throw brokenRule('survivor_not_selected', 'survivor', message);
  }
  if (eligible.includes(survivor)) return survivor;
  const message = 'Leads and opportunities together become an opportunity.';
  throw brokenRule('survivor_must_be_opportunity', 'survivor', message);
}

/** Sorting is stable: those equally far stay in order of creation. */
function furthestFirst<State extends RecordState>(
  states: readonly State[],
  settings: Settings,
): readonly State[] {
  const progress = new Map(states.map((state) => [state.id, progressOf(state, settings)]));
  const none = [0, 0, 0];
  return states.toSorted((left, right) => {
    const [ours = none, theirs = none] = [progress.get(left.id), progress.get(right.id)];
    const at = ours.findIndex((value, index) => value !== theirs[index]);
    return at < 0 ? 0 : (theirs[at] ?? 0) - (ours[at] ?? 0);
  });
}

/** Not lost, how far along its pipeline, how probable. Contacts and accounts have no progress. */
function progressOf(state: RecordState, settings: Settings): readonly number[] {
  if (!isStaged(state)) return [0, 0, 0];
  const pipeline = settings.pipelines.find(({ id }) => id === state.pipelineId);
  const index = pipeline?.stages.findIndex(({ id }) => id === state.stageId) ?? -1;
  const own = state.fields.probability;
  const ofStage = stageOf(settings, state.pipelineId, state.stageId)?.probability ?? 0;
  return [state.outcome === 'lost' ? 0 : 1, index, typeof own === 'number' ? own : ofStage];
}
