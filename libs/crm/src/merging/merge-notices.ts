import type { DecisionContext } from '../kernel/decider.js';
import { deriveId, type Uuid } from '../kernel/ids.js';
import type { RecordState } from '../record/record-state.js';
import { type RecordRef, refOf } from '../record/record-type.js';
import type { MergeNotice } from './merge-plan.js';

/** Each owner with the records that were theirs; the survivor's with all that went into it, for it is not what it was. */
export function ownersOf(
  survivor: RecordState,
  states: readonly RecordState[],
): ReadonlyMap<Uuid, readonly RecordRef[]> {
  const owners = new Map<Uuid, RecordRef[]>();
  for (const state of states) {
    if (state.ownerId === undefined) continue;
    owners.set(state.ownerId, [...(owners.get(state.ownerId) ?? []), refOf(state)]);
  }
  if (survivor.ownerId !== undefined) owners.set(survivor.ownerId, states.map(refOf));
  return owners;
}

/** Owners are told (PRODUCT.md P6); nobody is told of what they did to their own records themselves. */
export function noticesTo(
  owners: ReadonlyMap<Uuid, readonly RecordRef[]>,
  namespace: Uuid,
  { actor }: Pick<DecisionContext, 'actor'>,
): readonly MergeNotice[] {
  return [...owners]
    .filter(([recipientId]) => recipientId !== actor.id)
    .map(([recipientId, records]) => ({
      id: deriveId(namespace, `notice:${recipientId}`),
      recipientId,
      records,
    }));
}
