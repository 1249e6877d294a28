import type { CapturedData } from '../../record/record-events.js';
import type { RecordState } from '../../record/record-state.js';
import { refOf } from '../../record/record-type.js';
import { changedSince } from './changed-since.js';
import type { UndoTarget, Use } from './undo-found.js';
import type { ConversionUndoConflict, Kept, UndoDecision } from './undo-outlook.js';
import type { KeptReason, PlannedUndo } from './undo-plan.js';

/** What is to become of one record, and what the caller is told of it. */
export interface PlannedWith {
  readonly planned: PlannedUndo;
  readonly kept: readonly Kept[];
  readonly conflicts: readonly ConversionUndoConflict[];
}

/**
 * Plans what becomes of a record that the conversion created: it is withdrawn unless something uses it since, or somebody changed it
 * and the caller does not say `withdraw`. `isGone` tells what no longer refers to it once the undoing is done.
 */
export function planWithdrawal(
  { state, revision, uses }: UndoTarget,
  captured: CapturedData,
  decision: UndoDecision | undefined,
  isGone: (user: Use['by']) => boolean,
): PlannedWith {
  const record = refOf(state);
  const standing = uses.filter(({ by }) => !isGone(by));
  const reasons = [...new Set([...standing.map(({ reason }) => reason), ...usedByItself(state)])];
  if (state.lifecycle !== 'live') return keepGone(state);
  if (reasons.length > 0) return keepFor(state, reasons, standing);
  const values = changedSince(state, captured);
  const planned = { action: 'withdraw', id: state.id, revision } as const;
  if (values.length === 0) return { planned, kept: [], conflicts: [] };
  if (decision !== 'withdraw') {
    const conflict = { record, values, decision: 'keep' } as const;
    return { ...keepFor(state, ['changed_since']), conflicts: [conflict] };
  }
  return { planned, kept: [], conflicts: [{ record, values, decision }] };
}

/** What people put on the record itself, and what was merged into it. */
function usedByItself({ notes, attachments, absorbed }: RecordState): readonly KeptReason[] {
  return [
    ...(Object.keys(notes).length > 0 ? (['notes'] as const) : []),
    ...(attachments.length > 0 ? (['attachments'] as const) : []),
    ...(absorbed.length > 0 ? (['merged'] as const) : []),
  ];
}

/** A record that is not there to be worked on is left alone. */
export function keepGone(state: RecordState): PlannedWith {
  return keepFor(state, [state.lifecycle === 'merged' ? 'merged' : 'deleted']);
}

/** Leaves the record as it is. */
export function keepFor(
  state: RecordState,
  reasons: readonly KeptReason[],
  uses: readonly Use[] = [],
): PlannedWith {
  const record = refOf(state);
  return {
    planned: { action: 'keep', id: state.id, reasons },
    kept: reasons.map((reason) => ({
      record,
      reason,
      by: uses.filter((use) => use.reason === reason && use.visible).map(({ by }) => by),
    })),
    conflicts: [],
  };
}
