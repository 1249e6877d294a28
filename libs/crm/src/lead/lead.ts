import type { ConversionCase, ConversionPlan } from '../conversion/conversion-plan.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import type { Actor, Happened } from '../kernel/event.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import { capturedData, decideRecord } from '../record/decide-record.js';
import { evolveRecord, touched } from '../record/evolve-record.js';
import type { RecordCommand } from '../record/record-commands.js';
import { absentRecord } from '../record/record-state.js';
import type { RecordRef } from '../record/record-type.js';
import { decideStaged } from '../stages/decide-staged.js';
import { evolveStaged } from '../stages/evolve-staged.js';
import { startingPlace } from '../stages/place.js';
import type { CaptureStaged, StagedCommand } from '../stages/staged-commands.js';
import type { StagedState } from '../stages/staged-state.js';
import type { LeadConverted, LeadEvent } from './lead-events.js';

/** One conversion of a lead: which records it created, updated or linked to. */
export type ConversionSummary = {
  readonly id: Uuid;
  readonly at: Instant;
  readonly by: Uuid;
  readonly case: ConversionCase;
  readonly contactId?: Uuid;
  readonly accountId?: Uuid;
  readonly opportunityId?: Uuid;
  readonly actions: {
    readonly contact?: 'create' | 'update';
    readonly account?: 'create' | 'update' | 'link';
    readonly opportunity?: 'create' | 'merge';
  };
  /** Set when the lead was merged with another record instead of becoming a new opportunity. */
  readonly merge?: { readonly id: Uuid; readonly survivor: RecordRef };
  /** False while effects may still be missing. */
  readonly completed: boolean;
};

/** A conversion whose effects may still be missing, with what they are to be recorded under. */
export type PendingConversion = {
  readonly plan: ConversionPlan;
  readonly actor: Actor;
  readonly occurredAt: Instant;
  readonly correlationId: Uuid;
};

export interface LeadState extends StagedState {
  readonly type: 'lead';
  /** Conversions that are not completed, by id. */
  readonly pending: Readonly<Record<Uuid, PendingConversion>>;
  /** Every conversion, first to last: a converted lead is not locked (PRODUCT.md P1). */
  readonly conversions: readonly ConversionSummary[];
}

export type LeadCommand =
  | CaptureStaged
  | Exclude<RecordCommand, { kind: 'capture' }>
  | StagedCommand;

/** The rules of a lead (PRODUCT.md P1, P5). Converting is planned in `conversion/`. */
export const leadDecider: Decider<LeadState, LeadCommand, LeadEvent> = {
  initial: (id: Uuid) => ({
    ...absentRecord('lead', id),
    outcome: 'open',
    conversions: [],
    pending: {},
  }),
  decide,
  evolve(state, event) {
    switch (event.type) {
      case 'LeadCaptured': {
        const { pipelineId, stageId } = event.data;
        const stageSince = event.metadata.occurredAt;
        return { ...evolveRecord(state, event), pipelineId, stageId, stageSince };
      }
      case 'LeadStageChanged':
      case 'LeadLost':
      case 'LeadReopened':
        return evolveStaged(state, event);
      case 'LeadConverted':
        return converted(touched(state, event), event);
      case 'LeadConversionCompleted':
        return completed(state, event.data.conversionId);
      case 'LeadConversionAbandoned':
        return state;
      default:
        return evolveRecord(state, event);
    }
  },
};

function decide(
  state: LeadState,
  command: LeadCommand,
  context: DecisionContext,
): readonly LeadEvent[] {
  switch (command.kind) {
    case 'capture': {
      const data = capturedData(state, command, context);
      const place = startingPlace('lead', command, context.settings, data);
      return [{ type: 'LeadCaptured', data: { ...data, ...place } }];
    }
    case 'change-stage':
    case 'lose':
    case 'reopen':
      return decideStaged(state, command, context) as readonly LeadEvent[];
    default:
      return decideRecord(state, command, context) as readonly LeadEvent[];
  }
}

function converted(state: LeadState, { data, metadata }: Happened<LeadConverted>): LeadState {
  const { merge } = data;
  const summary: ConversionSummary = {
    id: data.conversionId,
    at: metadata.occurredAt,
    by: metadata.actor.id,
    case: data.case,
    ...(data.contact && { contactId: data.contact.id }),
    ...(data.account && { accountId: data.account.id }),
    ...(data.opportunity && { opportunityId: data.opportunity.id }),
    ...(merge?.survivor.type === 'opportunity' && { opportunityId: merge.survivor.id }),
    ...(merge && { merge: { id: merge.plan.mergeId, survivor: merge.survivor } }),
    actions: {
      ...(data.contact && { contact: data.contact.action }),
      ...(data.account && { account: data.account.action }),
      ...(data.opportunity && { opportunity: data.opportunity.action }),
      ...(merge && { opportunity: 'merge' as const }),
    },
    completed: false,
  };
  const { actor, occurredAt, correlationId } = metadata;
  const pending = { plan: data, actor, occurredAt, correlationId };
  return {
    ...state,
    conversions: [...state.conversions, summary],
    pending: { ...state.pending, [data.conversionId]: pending },
  };
}

function completed(state: LeadState, conversionId: Uuid): LeadState {
  const conversions = state.conversions.map((conversion) =>
    conversion.id === conversionId ? { ...conversion, completed: true } : conversion,
  );
  const { [conversionId]: _done, ...pending } = state.pending;
  return { ...state, conversions, pending };
}
