import type { RecordAction } from '#access';
import { checkedAt, type RecordRef, type RecordState, Refusal, sameRecord } from '#crm';
import type { Envelope } from '../execution/envelope.js';
import { requireRight } from '../records/record-commands.handler.js';
import { noMerge, type UndoneMerge } from './find-undone-merge.js';

/** What the caller may not see is not there. @throws Refusal `record_not_found` (404) naming the first such */
export function requireVisible(states: readonly RecordState[], envelope: Envelope): void {
  for (const [index, state] of states.entries()) {
    checkedAt(`records.${index}`, () => requireRight('read', state, envelope));
  }
}

/** What merging does with a record, and needs the right to: it edits the survivor, and merges and deletes the others. */
export function mergeActions(record: RecordRef, survivor: RecordRef): readonly RecordAction[] {
  return sameRecord(record, survivor) ? ['edit'] : ['merge', 'delete'];
}

/** Requires what merging a selection needs. @throws Refusal `forbidden` (403) */
export function requireMergeRights(
  states: readonly RecordState[],
  survivor: RecordRef,
  envelope: Envelope,
): void {
  for (const [index, state] of states.entries()) {
    for (const action of mergeActions(state, survivor))
      checkedAt(`records.${index}`, () => requireRight(action, state, envelope));
  }
}

/**
 * Undoing needs the right to merge the survivor, to edit all that it changes, which is the survivor and the records above it, and, as
 * merging did, to merge and delete those that come back. Of a merge that changes what the caller may not see, nothing is told.
 * @throws Refusal `merge_not_found` (404), `forbidden` (403)
 */
export function requireUndoRights(
  { survivor, above, away }: Pick<UndoneMerge, 'survivor' | 'above' | 'away'>,
  envelope: Envelope,
): void {
  const { may } = envelope.authority;
  const changed = [survivor, ...above.map(({ standing }) => standing)].map(({ state }) => state);
  const isSeen = (state: RecordState) => state.lifecycle !== 'absent' && may('read', state);
  if (!changed.every(isSeen)) throw noMerge();
  requireRight('merge', survivor.state, envelope);
  for (const state of changed) requireRight('edit', state, envelope);
  for (const state of away) {
    if (may('merge', state) && may('delete', state)) continue;
    throw new Refusal('forbidden', 'forbidden', `You may not bring back this ${state.type}.`);
  }
}
