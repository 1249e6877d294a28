import type { DecisionContext } from '../../kernel/decider.js';
import { type FieldError, Refusal } from '../../kernel/refusal.js';
import type { LeadState } from '../../lead/lead.js';
import { refOf } from '../../record/record-type.js';
import type { TargetType } from '../target-type.js';
import { planReversal } from './plan-reversal.js';
import { keepFor, type PlannedWith, planWithdrawal } from './plan-withdrawal.js';
import type { FoundForUndo, UndoTarget, Use } from './undo-found.js';
import { undoNotices } from './undo-notices.js';
import type {
  ConversionUndoConflict,
  ConversionUndoDecisions,
  ConversionUndoOutlook,
  UndoDecision,
} from './undo-outlook.js';
import { type ConversionUndoPlan, conversionUndoIdOf, UNDO_ORDER } from './undo-plan.js';

/**
 * Plans the undoing of a conversion (PRODUCT.md P2, last rule). Preview and undoing share it.
 * @throws Refusal `conversion_not_found` (404), `already_undone`, `conversion_incomplete` (409), `unknown_conflict` (422)
 */
export function planConversionUndo(
  lead: LeadState,
  conversionId: string,
  found: FoundForUndo,
  decisions: ConversionUndoDecisions,
  context: DecisionContext,
): ConversionUndoOutlook {
  requireStanding(lead, conversionId);
  const gone = new Set<string>();
  const isGone = ({ type, id }: Use['by']) => gone.has(`${type}:${id}`);
  const outcomes: (readonly [TargetType, UndoTarget, PlannedWith])[] = [];
  for (const type of UNDO_ORDER) {
    const target = found[type];
    if (!target) continue;
    const outcome = planOne(target, decisions[type], isGone, context);
    outcomes.push([type, target, outcome]);
    if (noLongerRefers(outcome)) gone.add(`${type}:${target.state.id}`);
  }
  const conflicts = outcomes.flatMap(([, , outcome]) => outcome.conflicts);
  refuseUnknown(decisions, conflicts);
  const undoId = conversionUndoIdOf(context.commandId, conversionId);
  const plan: ConversionUndoPlan = {
    undoId,
    conversionId,
    ...Object.fromEntries(outcomes.map(([type, , { planned }]) => [type, planned])),
    notices: undoNotices(
      lead,
      outcomes.map(([, { state }, { planned }]) => ({ state, planned })),
      undoId,
      context,
    ),
  };
  return { plan, kept: outcomes.flatMap(([, , outcome]) => outcome.kept), conflicts };
}

/** Only a conversion that stands and is whole can be undone. */
function requireStanding(lead: LeadState, conversionId: string): void {
  const conversion = lead.conversions.find(({ id }) => id === conversionId);
  if (!conversion) {
    throw new Refusal('not-found', 'conversion_not_found', 'There is no such conversion.');
  }
  if (conversion.undone) {
    const { undoId } = conversion.undone;
    throw new Refusal('conflict', 'already_undone', 'The conversion was undone already.', {
      facts: { undoId },
    });
  }
  if (!conversion.completed) {
    throw new Refusal('conflict', 'conversion_incomplete', 'The conversion is still under way.');
  }
}

function planOne(
  target: UndoTarget,
  decision: UndoDecision | undefined,
  isGone: (user: Use['by']) => boolean,
  { settings }: DecisionContext,
): PlannedWith {
  const { did, state } = target;
  if (!did) return keepFor(state, ['untouched']);
  return did.kind === 'created'
    ? planWithdrawal(target, did.captured, decision, isGone)
    : planReversal(target, did, decision, settings);
}

/** Withdrawn, or brought back to before it referred to the conversion's account. */
function noLongerRefers({ planned }: PlannedWith): boolean {
  return (
    planned.action === 'withdraw' ||
    (planned.action === 'revert' && planned.changes.some(({ field }) => field === 'accountId'))
  );
}

/** Only what was changed since is to be decided; a decision about anything else was made on another state. */
function refuseUnknown(
  decisions: ConversionUndoDecisions,
  conflicts: readonly ConversionUndoConflict[],
): void {
  const errors = UNDO_ORDER.flatMap((type): readonly FieldError[] => {
    const decision = decisions[type];
    const own = conflicts.filter(({ record }) => record.type === type);
    if (decision === undefined) return [];
    if (typeof decision !== 'object') {
      return fits(decision, own) ? [] : [unknownConflict(`conflicts.${type}`)];
    }
    return Object.keys(decision)
      .filter((field) => !own.some((conflict) => conflict.field === field))
      .map((field) => unknownConflict(`conflicts.${type}.${field}`));
  });
  if (errors.length > 0) {
    throw new Refusal('rule', 'unknown_conflict', 'There is no such conflict.', { errors });
  }
}

/** A record that was created can be withdrawn, what was updated can be reverted. */
function fits(
  decision: 'keep' | 'withdraw' | 'revert',
  conflicts: readonly ConversionUndoConflict[],
): boolean {
  return conflicts.some(
    ({ field }) =>
      decision === 'keep' || decision === (field === undefined ? 'withdraw' : 'revert'),
  );
}

function unknownConflict(path: string): FieldError {
  return { path, code: 'unknown_conflict', message: 'Nothing about this is to be decided so.' };
}

/** The records that the plan deletes or changes. */
export function undoneRecords(plan: ConversionUndoPlan) {
  return UNDO_ORDER.flatMap((type) => {
    const planned = plan[type];
    return planned && planned.action !== 'keep' ? [refOf({ type, id: planned.id })] : [];
  });
}
