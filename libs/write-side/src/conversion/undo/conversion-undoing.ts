import {
  type ConversionUndoDecisions,
  type ConversionUndoOutlook,
  type DecisionContext,
  type DomainEvent,
  type LeadState,
  Refusal,
  type Uuid,
  undoBasis,
} from '#crm';
import type { Envelope } from '../../execution/envelope.js';
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

/** Thrown within a decision when the lead has moved on since the plan was made. */
class Outdated extends Error {}

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
    const current = undoBasis(outlook);
    if (basis !== undefined && basis !== current) {
      throw new Refusal('conflict', 'stale_preview', 'Something changed since the preview.', {
        facts: { basis: current },
      });
    }
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

  /** A repeated command is answered from what it did, without planning again. */
  async function repeatOf(leadId: Uuid, envelope: Envelope): Promise<boolean> {
    if (envelope.fresh) return false;
    const target = recordTarget('lead', leadId);
    const { outcomes } = await executor.load(target);
    if (!outcomes.has(envelope.commandId)) return false;
    // Refuses another command under the same key.
    await executor.execute(target, envelope, (): readonly DomainEvent[] => []);
    return true;
  }

  async function done(
    leadId: Uuid,
    conversionId: Uuid,
    command: UndoConversionCommand,
    envelope: Envelope,
  ): Promise<boolean> {
    if (await repeatOf(leadId, envelope)) return true;
    try {
      return await attempt(leadId, conversionId, command, envelope);
    } catch (error) {
      // Refused perhaps for what the same command did through another call just now.
      if (error instanceof Refusal && (await repeatOf(leadId, envelope))) return true;
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
      for (let tried = 0; tried < attempts; tried++) {
        if (!(await done(leadId, conversionId, command, envelope))) continue;
        const { revision, position } = await complete(leadId, conversionId);
        const { state } = await executor.load(recordTarget('lead', leadId), { cached: true });
        const conversion = conversionOf(state as LeadState, conversionId);
        if (!conversion?.undone) throw busy('The lead is being changed; try again.');
        return { id: leadId, revision, position, conversion };
      }
      throw busy('Too many others are changing the lead; try again.');
    },
  };
}

function busy(detail: string): Refusal {
  return new Refusal('conflict', 'busy', detail);
}
