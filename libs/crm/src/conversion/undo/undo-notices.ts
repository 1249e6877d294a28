import type { DecisionContext } from '../../kernel/decider.js';
import { deriveId, type Uuid } from '../../kernel/ids.js';
import type { LeadState } from '../../lead/lead.js';
import type { RecordState } from '../../record/record-state.js';
import type { PlannedUndo, UndoNotice } from './undo-plan.js';

/**
 * Who is told that a conversion was undone (PRODUCT.md P6): the lead's owner, those whose records are withdrawn, and on both sides those
 * between whom a record goes back. Nobody is told of what they did themselves.
 */
export function undoNotices(
  lead: LeadState,
  targets: readonly { readonly state: RecordState; readonly planned: PlannedUndo }[],
  undoId: Uuid,
  { actor }: Pick<DecisionContext, 'actor'>,
): readonly UndoNotice[] {
  const owners = targets.flatMap(({ state, planned }) => {
    if (planned.action === 'withdraw') return [state.ownerId];
    if (planned.action === 'keep' || !planned.assigned) return [];
    return [planned.assigned.from.ownerId, planned.assigned.to.ownerId];
  });
  const told = new Set([...owners, lead.ownerId].filter((id) => id !== undefined));
  return [...told]
    .filter((recipientId) => recipientId !== actor.id)
    .map((recipientId) => ({ id: deriveId(undoId, `notice:${recipientId}`), recipientId }));
}
