import { applyChanges } from '../record/apply-changes.js';
import type { Change } from '../record/change.js';
import { sameValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import type { Settings } from '../settings/settings.js';
import { combineFields, type FieldOutlook } from './combine-fields.js';
import type { MergeRevertedData } from './merge-events.js';
import { refOf, sameRecord } from './merge-plan.js';
import type { CommittedMerge } from './merge-state.js';
import { assigneeOf, assignment, behindOf } from './plan-merge.js';
import { change } from './plan-merge-undo.js';
import { takeBack } from './take-back.js';

/** The merge that took a record away, and those that it brought together. */
export interface Passage {
  readonly merge: CommittedMerge;
  /** The record whose own merge was undone, as it is since. */
  readonly inner: RecordState;
  /** All that the merge took away, the inner one among them, in the order of its plan. */
  readonly away: readonly RecordState[];
}

/**
 * What an undone merge takes back on the record that its survivor was itself merged into: there, each field comes to what it would
 * have come to without the undone merge, where nobody changed it since. What somebody changed stays.
 */
export function revertThrough(
  holder: RecordState,
  { merge, inner, away }: Passage,
  { undoId, mergeId }: { readonly undoId: string; readonly mergeId: string },
  settings: Settings,
): MergeRevertedData {
  const { plan } = merge;
  const before = { ...holder, ...applyChanges(holder, plan.changes.map(reversed)) };
  const choices = Object.fromEntries(plan.choices.map(({ field, record }) => [field, record]));
  const anew = recombined(before, away, choices, settings);
  const changes: Change[] = [];
  const kept: string[] = [];
  for (const { field, to: after } of plan.changes) {
    const outlook = anew.get(field);
    if (!outlook || sameValue(outlook.value, after)) continue;
    const current = fieldValue(holder, field);
    const step = { before: outlook.value, after, current };
    const back = takeBack(step, outlook.definition.type, settings.phoneRegion);
    if (back.outcome === 'conflict') kept.push(field);
    if (back.outcome === 'reverted') changes.push(change(field, current, back.value));
  }
  const stillThere = new Set(away.flatMap(({ tags }) => tags));
  const owner = ownerAnew(holder, merge, away);
  return {
    undoId,
    mergeId,
    through: { mergeId: plan.mergeId, record: refOf(inner) },
    behind: behindOf(inner).map(refOf),
    changes,
    tags: plan.tags.filter((tag) => !stillThere.has(tag) && holder.tags.includes(tag)),
    ...(owner && { assigned: owner }),
    kept,
  };
}

function reversed({ field, from }: Change): Change {
  return { field, ...(from !== undefined && { to: from }) };
}

/** A choice that can no longer be made leaves the field to the rules. */
function recombined(
  before: RecordState,
  away: readonly RecordState[],
  choices: Parameters<typeof combineFields>[2],
  settings: Settings,
): ReadonlyMap<string, FieldOutlook> {
  const all = [before, ...away];
  const possible = Object.entries(choices).filter(([field, record]) => {
    const state = all.find((one) => sameRecord(one, record));
    return state && fieldValue(state, field) !== undefined;
  });
  const outlooks = combineFields(before, away, Object.fromEntries(possible), settings);
  return new Map(outlooks.map((outlook) => [outlook.field, outlook]));
}

/** Whose the holder would be: only where the merge gave it the owner of the inner record, and nobody assigned it since. */
function ownerAnew(holder: RecordState, { plan }: CommittedMerge, away: readonly RecordState[]) {
  const { assigned } = plan;
  if (!assigned) return undefined;
  const current = assigneeOf(holder);
  if (!sameValue(current, assigned.to)) return undefined;
  const chosen = plan.choices.find(({ field }) => field === 'ownerId')?.record;
  const { ownerId: _owner, teamId: _team, ...rest } = holder;
  const to = assignment({ ...rest, ...assigned.from }, away, chosen)?.to ?? assigned.from;
  return sameValue(to, current) ? undefined : { from: current, to };
}
