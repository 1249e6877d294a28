import type { DecisionContext } from '../kernel/decider.js';
import { checkedAt, Refusal } from '../kernel/refusal.js';
import { applyChanges } from '../record/apply-changes.js';
import { change } from '../record/change.js';
import { sameValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import { eachOnce, refOf } from '../record/record-type.js';
import { requireLive } from '../record/require-live.js';
import { missingFields } from '../record/required-fields.js';
import {
  type CustomFieldDefinition,
  type Settings,
  withDefinitions,
} from '../settings/settings.js';
import { assignment } from './assignment.js';
import { behindOf } from './behind.js';
import { clashesWith, missingDefinitions } from './carried-to.js';
import { chooseSurvivor } from './choose-survivor.js';
import { combineFields, type FieldOutlook } from './combine-fields.js';
import { inOrderOfCreation, refuseSelection } from './families.js';
import { lostValues } from './lost-values.js';
import { noticesTo, ownersOf } from './merge-notices.js';
import {
  type LostValue,
  type MergeChange,
  type MergePlan,
  mergeIdOf,
  type SurvivorPolicy,
} from './merge-plan.js';
import type { MergeRequest, Standing } from './merge-request.js';
import { lostWithinSize, refuseTooLarge } from './plan-size.js';

/** What a merge would do: the plan, or what stands in its way. Preview shows it, merging carries it out. */
export interface MergeOutlook {
  readonly survivor: RecordState;
  readonly policy: SurvivorPolicy;
  /** Those merged away, the first created first. */
  readonly mergedAway: readonly RecordState[];
  readonly fields: readonly FieldOutlook[];
  /** All tags that the survivor will have. */
  readonly tags: readonly string[];
  readonly lost: readonly LostValue[];
  readonly definitions: readonly CustomFieldDefinition[];
  /** There unless an obstacle is. */
  readonly plan?: MergePlan;
  /** Merging refuses with the first. */
  readonly obstacles: readonly Refusal[];
}

/**
 * Plans a merge under all of PRODUCT.md P3's rules. Preview and merge share it. `standing` are the records of the request as their
 * streams have them.
 * @throws Refusal when the records cannot be merged with each other, or a choice cannot be made
 */
export function planMerge(
  request: MergeRequest,
  standing: readonly Standing<RecordState>[],
  context: DecisionContext,
  most?: number,
): MergeOutlook {
  refuseSelection(request.records, most);
  const states = standing.map(({ state }) => state);
  for (const [index, state] of states.entries())
    checkedAt(`records.${index}`, () => requireLive(state));
  const { survivor, policy } = chooseSurvivor(states, request, context.settings);
  const others = inOrderOfCreation(states.filter((state) => state !== survivor));
  const definitions = missingDefinitions(survivor.type, states, context.settings);
  const settings = withDefinitions(context.settings, definitions);
  const choices = request.choices ?? {};
  const fields = combineFields(survivor, others, choices, settings);
  const tags = [...new Set([survivor, ...others].flatMap((state) => state.tags))];
  const lost = lostValues(survivor, others, fields, settings.phoneRegion);
  const changes = changesOf(survivor, fields);
  const assigned = assignment(survivor, others, choices.ownerId);
  const obstacles = [
    ...clashesWith(survivor, others, context.settings),
    ...unfilled(survivor, changes, settings),
  ];
  const outlook = {
    survivor,
    policy,
    mergedAway: others,
    fields,
    tags,
    lost,
    definitions,
    obstacles,
  };
  if (obstacles.length > 0) return outlook;
  const mergeId = mergeIdOf(context.commandId, request.records);
  const plan: MergePlan = {
    mergeId,
    policy,
    records: others.map((state) => ({
      ...refOf(state),
      revision: standing.find((one) => one.state === state)?.revision ?? -1,
      behind: eachOnce(behindOf(state)),
    })),
    changes,
    tags: tags.filter((tag) => !survivor.tags.includes(tag)),
    ...(assigned && { assigned }),
    ...lostWithinSize(lost),
    choices: Object.entries(choices)
      .map(([field, record]) => ({ field, record: refOf(record) }))
      .sort((left, right) => (left.field < right.field ? -1 : 1)),
    definitions,
    notices: noticesTo(ownersOf(survivor, others), mergeId, context),
  };
  const tooLarge = refuseTooLarge(plan);
  return tooLarge.length > 0 ? { ...outlook, obstacles: tooLarge } : { ...outlook, plan };
}

function changesOf(survivor: RecordState, fields: readonly FieldOutlook[]): readonly MergeChange[] {
  return fields.flatMap(({ field, value: to, sources }) => {
    const from = fieldValue(survivor, field);
    if (sameValue(from, to)) return [];
    return [{ ...change(field, from, to), sources }];
  });
}

/** A choice must not empty what is required; what was missing before stays allowed. */
function unfilled(
  survivor: RecordState,
  changes: readonly MergeChange[],
  settings: Settings,
): readonly Refusal[] {
  const touched = new Set(changes.map(({ field }) => field));
  const errors = missingFields(survivor.type, applyChanges(survivor, changes), settings)
    .filter((field) => touched.has(field))
    .map((path) => ({ path, code: 'required', message: 'This field is required.' }));
  if (errors.length === 0) return [];
  return [new Refusal('rule', 'required_fields', 'Required fields would be empty.', { errors })];
}
