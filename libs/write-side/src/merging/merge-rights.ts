import type { RecordAction } from '#access';
import { checkedAt, type RecordRef, type RecordState, sameRecord } from '#crm';
import type { Envelope } from '../execution/envelope.js';
import { requireRight } from '../records/record-commands.handler.js';

/** What the caller may not see is not there. @throws Refusal `record_not_found` (404) naming the first such */
export function requireVisible(states: readonly RecordState[], envelope: Envelope): void {
  for (const [index, state] of states.entries()) {
    checkedAt(`records.${index}`, () => requireRight('read', state, envelope));
  }
}

/** Merging needs the right to edit the survivor, and to merge and delete the others. @throws Refusal `forbidden` (403) */
export function requireMergeRights(
  states: readonly RecordState[],
  survivor: RecordRef,
  envelope: Envelope,
): void {
  for (const [index, state] of states.entries()) {
    const actions: readonly RecordAction[] = sameRecord(state, survivor)
      ? ['edit']
      : ['merge', 'delete'];
    for (const action of actions)
      checkedAt(`records.${index}`, () => requireRight(action, state, envelope));
  }
}
