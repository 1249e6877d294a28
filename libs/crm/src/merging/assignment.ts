import { assigneeOf } from '../record/change.js';
import { sameValue } from '../record/field.js';
import type { RecordState } from '../record/record-state.js';
import { type RecordRef, refOf, sameRecord } from '../record/record-type.js';
import { brokenRule } from '../record/values/input-reading.js';
import type { MergePlan } from './merge-plan.js';

/** Owner and team go together: the survivor's, or of the first who has any; or as chosen. */
export function assignment(
  survivor: RecordState,
  others: readonly RecordState[],
  choice: RecordRef | undefined,
): MergePlan['assigned'] {
  const chosen = choice && [survivor, ...others].find((state) => sameRecord(state, choice));
  if (choice && !chosen) {
    throw brokenRule('no_such_candidate', 'choices.ownerId', 'That record takes no part.');
  }
  if (chosen && Object.keys(assigneeOf(chosen)).length === 0) {
    throw brokenRule('no_such_candidate', 'choices.ownerId', 'That record is nobody’s.');
  }
  const from = assigneeOf(survivor);
  const isOwned = Object.keys(from).length > 0;
  const source =
    chosen ?? (isOwned ? undefined : others.find((state) => state.ownerId ?? state.teamId));
  if (!source || sameValue(from, assigneeOf(source))) return undefined;
  return { from, to: assigneeOf(source), source: refOf(source) };
}
