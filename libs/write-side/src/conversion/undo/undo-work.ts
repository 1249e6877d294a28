import {
  deriveId,
  type LeadState,
  type PendingUndo,
  type TargetType,
  type UndoneConversion,
  type Uuid,
} from '#crm';
import { type Envelope, effectEnvelope } from '../../execution/envelope.js';

/** An undoing to be carried out. */
export interface Work {
  readonly leadId: Uuid;
  readonly conversionId: Uuid;
  readonly pending: PendingUndo;
}

/** What withdraws or brings back the record of a type. */
export function effectOf(type: TargetType, pending: PendingUndo): Envelope {
  return envelopeOf(pending, deriveId(pending.plan.undoId, `effect:${type}`));
}

/** Effects are recorded as done by whoever undid it, when they did. */
export function envelopeOf(pending: PendingUndo, commandId: Uuid): Envelope {
  return effectEnvelope(pending, pending.plan.undoId, commandId);
}

/** How events name the undoing that they follow from. */
export function markOf(leadId: Uuid, { plan }: PendingUndo): UndoneConversion {
  const { conversionId, undoId } = plan;
  return { type: 'lead', id: leadId, conversionId, undoId };
}

/** The undoing of a conversion, while effects of it may be missing. */
export function pendingOf(state: LeadState, conversionId: Uuid): PendingUndo | undefined {
  const work = state.pending[conversionId];
  return work && 'undo' in work ? work.undo : undefined;
}
