import {
  type ConversionUndoDecisions,
  type ConversionUndoOutlook,
  type DecisionContext,
  type LeadState,
  type Uuid,
  undoBasis,
} from '#crm';
import type { Envelope } from '../../execution/envelope.js';
import { busy, Outdated } from '../../execution/outdated.js';
import { repeatedOr } from '../../execution/repeat.js';
import { refuseStalePreview } from '../../execution/under-envelope.js';
import { recordTarget } from '../../records/record-target.js';
import type { ConversionResult } from '../conversions.js';
import {
  conversionOf,
  leadOf,
  seenWhole,
  type UndoOutlookOptions,
  undoOutlook,
} from './outlook.js';
import { asFarAsReadable } from './undo-rights.js';

export interface ConversionUndoingOptions extends UndoOutlookOptions {
  /** Most plannings of one undoing when the lead is changed in between. */
  readonly attempts?: number;
}

export interface UndoConversionCommand {
  readonly decisions: ConversionUndoDecisions;
  /** `basis` of the preview that the caller saw; refused with 409 when the plan would be another. */
  readonly basis?: string;
}

/** What undoing a conversion would do, and on what that rests. */
export interface ConversionUndoPreview extends ConversionUndoOutlook {
  readonly conversionId: Uuid;
  readonly leadId: Uuid;
  /** The lead's. */
  readonly revision: number;
  readonly basis: string;
}

export interface ConversionUndoing {
  /** What undoing would do. Commits nothing, but completes a conversion that is still under way. */
  preview(
    conversionId: Uuid,
    decisions: ConversionUndoDecisions,
    envelope: Envelope,
  ): Promise<ConversionUndoPreview>;
  /**
   * Undoes the conversion, and answers when every effect is recorded.
   * @throws Refusal `conversion_not_found` (404); `already_undone`, `stale_preview` (409); `unknown_conflict` (422)
   */
  undo(
    conversionId: Uuid,
    command: UndoConversionCommand,
    envelope: Envelope,
  ): Promise<ConversionResult>;
}

/** Preview and undoing of conversions (PRODUCT.md P2), also of a lead that was merged away or deleted since. */
export function createConversionUndoing(options: ConversionUndoingOptions): ConversionUndoing {
  const { executor, complete, attempts = 50 } = options;

  /** False when the lead has moved on since it was planned. */
  async function attempt(
    leadId: Uuid,
    conversionId: Uuid,
    { decisions, basis }: UndoConversionCommand,
    envelope: Envelope,
  ): Promise<boolean> {
    const under = await seenWhole(leadId, conversionId, envelope, options);
    const ids = { leadId, conversionId };
    const { revision, outlook } = await undoOutlook(ids, decisions, under, options);
    refuseStalePreview(basis, undoBasis(outlook));
    const commit = (_state: unknown, _context: DecisionContext, at: number) => {
      if (at !== revision) throw new Outdated();
      return [{ type: 'LeadConversionUndone', data: outlook.plan } as const];
    };
    try {
      await executor.execute(recordTarget('lead', leadId), under, commit);
      return true;
    } catch (error) {
      if (error instanceof Outdated) return false;
      throw error;
    }
  }

  return {
    async preview(conversionId, decisions, envelope) {
      const leadId = await leadOf(conversionId, envelope, options);
      await seenWhole(leadId, conversionId, envelope, options);
      const ids = { leadId, conversionId };
      const { revision, found, outlook } = await undoOutlook(ids, decisions, envelope, options);
      const told = asFarAsReadable(outlook, found, envelope.authority);
      return { ...told, ...ids, revision, basis: undoBasis(outlook) };
    },
    async undo(conversionId, command, envelope) {
      const leadId = await leadOf(conversionId, envelope, options);
      const lead = recordTarget('lead', leadId);
      for (let tried = 0; tried < attempts; tried++) {
        const attempted = () => attempt(leadId, conversionId, command, envelope);
        if (!(await repeatedOr(executor, lead, envelope, attempted))) continue;
        const { revision, position } = await complete(leadId, conversionId);
        const { state } = await executor.load(lead, { cached: true });
        const conversion = conversionOf(state as LeadState, conversionId);
        if (!conversion?.undone) throw busy('The lead is being changed; try again.');
        return { id: leadId, revision, position, conversion };
      }
      throw busy('Too many others are changing the lead; try again.');
    },
  };
}
