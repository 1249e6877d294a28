import {
  deriveId,
  type LeadState,
  type PlannedReversal,
  type RecordRef,
  reversalEvents,
  type TargetType,
  UNDO_ORDER,
  type UndoNotice,
  type Uuid,
  undoneRecords,
} from '#crm';
import { completionOf } from '../../execution/envelope.js';
import { issueNotice } from '../../notifications/issue-notice.js';
import { recordTarget } from '../../records/record-target.js';
import type { SettingsSource } from '../../settings/settings-source.port.js';
import type { Completed } from '../conversion-effects.js';
import { effectOf, envelopeOf, markOf, pendingOf, type Work } from './undo-work.js';
import type { UsesOptions } from './uses-of.js';
import { reviveIfUsed, withdraw } from './withdraw.js';

export interface ConversionUndoEffects {
  /**
   * Appends whatever of a conversion's undoing is not there yet, then that it is completed. Every step's identity derives from the
   * undoing's, so that the handler, the process after a crash and whoever meets it half done may all run it at once.
   * Undefined when the conversion was not undone.
   */
  complete(leadId: Uuid, conversionId: Uuid): Promise<Completed | undefined>;
}

export interface ConversionUndoEffectsOptions extends UsesOptions {
  readonly settings: SettingsSource;
}

/** Carries out what `LeadConversionUndone` events hold. */
export function createConversionUndoEffects(
  options: ConversionUndoEffectsOptions,
): ConversionUndoEffects {
  const { executor } = options;
  return {
    async complete(leadId, conversionId) {
      const target = recordTarget('lead', leadId);
      const { state, outcomes } = await executor.load(target);
      const { conversions } = state as LeadState;
      const undone = conversions.find(({ id }) => id === conversionId)?.undone;
      if (!undone) return undefined;
      const completionId = completionOf(undone.undoId);
      const known = outcomes.get(completionId);
      const pending = pendingOf(state as LeadState, conversionId);
      if (known || !pending) return known;
      const left = await carryOut({ leadId, conversionId, pending }, options);
      const { undoId } = pending.plan;
      return executor.execute(target, envelopeOf(pending, completionId), (current) =>
        pendingOf(current as LeadState, conversionId)
          ? [{ type: 'LeadConversionUndoCompleted', data: { conversionId, undoId, left } }]
          : [],
      );
    },
  };
}

/**
 * One record after the other: whether a record is still referred to is known once what referred to it is gone. Answers with what was
 * to be withdrawn and stays.
 */
async function carryOut(
  work: Work,
  options: ConversionUndoEffectsOptions,
): Promise<readonly TargetType[]> {
  const { plan } = work.pending;
  const left: TargetType[] = [];
  for (const type of UNDO_ORDER) {
    const planned = plan[type];
    if (planned?.action === 'revert') await bringBack(type, planned, work, options);
    if (planned?.action !== 'withdraw') continue;
    if (!(await withdraw(type, planned, work, options))) left.push(type);
  }
  for (const type of UNDO_ORDER) {
    const planned = plan[type];
    if (planned?.action !== 'withdraw' || left.includes(type)) continue;
    if (await reviveIfUsed(type, planned, work, options)) left.push(type);
  }
  const records = undoneRecords(plan).filter(({ type }) => !left.some((one) => one === type));
  await Promise.all(plan.notices.map((notice) => issue(notice, records, work, options)));
  return left;
}

async function bringBack(
  type: TargetType,
  planned: PlannedReversal,
  { leadId, pending }: Work,
  { executor, settings }: ConversionUndoEffectsOptions,
): Promise<void> {
  await executor.execute(recordTarget(type, planned.id), effectOf(type, pending), (state) =>
    reversalEvents(state, planned, markOf(leadId, pending), settings.current()),
  );
}

async function issue(
  { id, recipientId }: UndoNotice,
  about: readonly RecordRef[],
  { leadId, pending }: Work,
  { executor }: ConversionUndoEffectsOptions,
): Promise<void> {
  const record = { type: 'lead', id: leadId } as const;
  const notice = { recipientId, kind: 'conversion-undone', record, about } as const;
  const commandId = deriveId(pending.plan.undoId, `notice:${recipientId}`);
  await issueNotice(executor, id, notice, envelopeOf(pending, commandId));
}
