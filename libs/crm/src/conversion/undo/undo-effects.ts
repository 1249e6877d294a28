import { takeBack } from '../../merging/take-back.js';
import { assigneeOf, type Change, change } from '../../record/change.js';
import { type RecordEvent, recordEvent } from '../../record/record-events.js';
import { fieldValue, type RecordState, type UndoneConversion } from '../../record/record-state.js';
import type { Settings } from '../../settings/settings.js';
import { typeOf } from './plan-reversal.js';
import type { PlannedReversal } from './undo-plan.js';

/** What withdrawing a record appends: it is deleted like any other, and can be restored like any other. */
export function withdrawalEvents(
  state: RecordState,
  undo: UndoneConversion,
): readonly RecordEvent[] {
  return state.lifecycle === 'live' ? [recordEvent(state, 'Deleted', { undo })] : [];
}

/**
 * What bringing a record back appends on the record as it is now. A field that somebody changed since the plan keeps the newer value and
 * is named among the skipped. A record deleted or merged away since is left alone.
 */
export function reversalEvents(
  state: RecordState,
  planned: PlannedReversal,
  undo: UndoneConversion,
  settings: Settings,
): readonly RecordEvent[] {
  if (state.lifecycle !== 'live') return [];
  const changes: Change[] = [];
  const skipped: string[] = [];
  for (const { field, from, to } of planned.changes) {
    const current = fieldValue(state, field);
    const step = { before: to, after: from, current };
    const back = takeBack(step, typeOf(state.type, field, settings), settings.phoneRegion);
    if (back.outcome === 'conflict') skipped.push(field);
    if (back.outcome !== 'reverted') continue;
    changes.push(change(field, current, back.value));
  }
  const removed = planned.tags.filter((tag) => state.tags.includes(tag));
  return [
    recordEvent(state, 'Edited', { changes, ...(skipped.length > 0 && { skipped }), undo }),
    ...(removed.length > 0 ? [recordEvent(state, 'Tagged', { added: [], removed, undo })] : []),
    ...handedBack(state, planned, undo),
  ];
}

function handedBack(
  state: RecordState,
  { assigned }: PlannedReversal,
  undo: UndoneConversion,
): readonly RecordEvent[] {
  const { ownerId, teamId } = state;
  if (!assigned || ownerId !== assigned.from.ownerId) return [];
  const from = assigneeOf({ ownerId, teamId });
  const to = assigneeOf({ ownerId: assigned.to.ownerId, teamId });
  return [recordEvent(state, 'Assigned', { from, to, undo })];
}
