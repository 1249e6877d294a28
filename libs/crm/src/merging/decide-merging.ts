import type { Uuid } from '../kernel/ids.js';
import type { LeadState } from '../lead/lead.js';
import type { RecordState } from '../record/record-state.js';
import { type RecordRef, sameRecord } from '../record/record-type.js';
import type { Reservation } from './merge-events.js';
import { type CommittedMerge, mergeOf } from './merge-state.js';

/** How an attempt at a merge stands on the stream that decides it. */
export type Verdict = 'committed' | 'given-up' | 'open';

/** What the deciding record's stream says of an attempt. */
export function verdictOf(
  state: Pick<RecordState, 'merges' | 'releasedTokens'>,
  { token, mergeId, undo }: Omit<Reservation, 'deciding'>,
): Verdict {
  const merge = mergeOf(state, mergeId);
  if (undo && merge?.undo) {
    // Undone once for all: under another id, this attempt came too late.
    return merge.undo.done.undoId === undo.undoId ? 'committed' : 'given-up';
  }
  if (!undo && (merge || conversionWith(state, mergeId))) return 'committed';
  return state.releasedTokens.includes(token) ? 'given-up' : 'open';
}

/** The conversion that the merge takes place with, when the record is a lead that was converted so. */
export function conversionWith(state: object, mergeId: Uuid): Uuid | undefined {
  const conversions = 'conversions' in state ? (state as LeadState).conversions : [];
  return conversions.find(({ merge }) => merge?.id === mergeId)?.id;
}

/** The merge through which a merged-away record went. */
export function passageOf(
  survivor: Pick<RecordState, 'merges'>,
  away: RecordRef,
): CommittedMerge | undefined {
  return Object.values(survivor.merges).find(
    ({ plan, undo }) => !undo && plan.records.some((record) => sameRecord(record, away)),
  );
}
