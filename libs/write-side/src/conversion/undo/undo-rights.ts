import type { RecordAction } from '#access';
import {
  type ConversionUndoConflict,
  type ConversionUndoOutlook,
  type FoundForUndo,
  Refusal,
  UNDO_ORDER,
} from '#crm';
import type { Authority } from '../../execution/envelope.js';

/** What is withdrawn needs the right to delete it, what is brought back the right to edit it. @throws Refusal `forbidden` (403) */
export function requireUndoRights(
  { plan }: ConversionUndoOutlook,
  found: FoundForUndo,
  { may }: Pick<Authority, 'may'>,
): void {
  for (const type of UNDO_ORDER) {
    const action = plan[type]?.action;
    const state = found[type]?.state;
    if (!state || !action || action === 'keep') continue;
    const needed: RecordAction = action === 'withdraw' ? 'delete' : 'edit';
    if (may(needed, state)) continue;
    const detail = `You may not ${needed} this ${type}.`;
    throw new Refusal('forbidden', 'forbidden', detail, {
      errors: [{ path: type, code: 'forbidden', message: detail }],
    });
  }
}

/** The outlook without values of records that the caller may not read. */
export function asFarAsReadable(
  outlook: ConversionUndoOutlook,
  found: FoundForUndo,
  { may }: Pick<Authority, 'may'>,
): ConversionUndoOutlook {
  const readable = ({ record }: ConversionUndoConflict) =>
    UNDO_ORDER.some((type) => {
      const state = found[type]?.state;
      return state && state.id === record.id && may('read', state);
    });
  const conflicts = outlook.conflicts.map((conflict) =>
    readable(conflict) ? conflict : { ...conflict, values: [] },
  );
  return { ...outlook, conflicts };
}
