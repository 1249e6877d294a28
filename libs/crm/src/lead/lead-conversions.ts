import type { ConversionCase, ConversionPlan } from '../conversion/conversion-plan.js';
import type { ConversionUndoPlan } from '../conversion/undo/undo-plan.js';
import {
  type UndoneSummary,
  undoneBy,
  undoneExcept,
} from '../conversion/undo/undone-conversion.js';
import type { Happened } from '../kernel/event.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import type { Recording } from '../merging/merge-state.js';
import type { RecordRef } from '../record/record-type.js';
import type {
  LeadConversionUndoCompleted,
  LeadConversionUndone,
  LeadConverted,
} from './lead-events.js';

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
  /** Set once it was undone. */
  readonly undone?: UndoneSummary;
};

/** A conversion, or its undoing, whose effects may still be missing, with what they are to be recorded under. */
export type PendingWork<Plan> = Recording & { readonly plan: Plan };

export type PendingConversion = PendingWork<ConversionPlan>;
export type PendingUndo = PendingWork<ConversionUndoPlan>;

/** What a lead knows of its conversions. */
export interface LeadConversions {
  /** What is not completed, by the id of the conversion: that itself or, since only a completed one is undone, its undoing. */
  readonly pending: Readonly<
    Record<Uuid, { readonly conversion: PendingConversion } | { readonly undo: PendingUndo }>
  >;
  /** Every conversion, first to last: a converted lead is not locked (PRODUCT.md P1). */
  readonly conversions: readonly ConversionSummary[];
}

/** Folds a conversion that was committed. */
export function converted<State extends LeadConversions>(
  state: State,
  { data, metadata }: Happened<LeadConverted>,
): State {
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
  return {
    ...state,
    conversions: [...state.conversions, summary],
    pending: { ...state.pending, [data.conversionId]: { conversion: workOf(data, metadata) } },
  };
}

/** Folds that a conversion is whole. */
export function completed<State extends LeadConversions>(state: State, conversionId: Uuid): State {
  return {
    ...updated(state, conversionId, (conversion) => ({ ...conversion, completed: true })),
    pending: without(state.pending, conversionId),
  };
}

/** Folds an undoing that was committed. */
export function undone<State extends LeadConversions>(
  state: State,
  { data, metadata }: Happened<LeadConversionUndone>,
): State {
  const { conversionId } = data;
  return {
    ...updated(state, conversionId, (conversion) => ({
      ...conversion,
      undone: undoneBy(data, metadata),
    })),
    pending: { ...state.pending, [conversionId]: { undo: workOf(data, metadata) } },
  };
}

/** Folds that an undoing is whole. */
export function undoCompleted<State extends LeadConversions>(
  state: State,
  { data: { conversionId, left } }: Happened<LeadConversionUndoCompleted>,
): State {
  return {
    ...updated(state, conversionId, (conversion) =>
      conversion.undone
        ? { ...conversion, undone: undoneExcept(conversion.undone, left) }
        : conversion,
    ),
    pending: without(state.pending, conversionId),
  };
}

function workOf<Plan>(
  plan: Plan,
  { actor, occurredAt, correlationId }: Happened['metadata'],
): PendingWork<Plan> {
  return { plan, actor, occurredAt, correlationId };
}

function updated<State extends LeadConversions>(
  state: State,
  conversionId: Uuid,
  update: (conversion: ConversionSummary) => ConversionSummary,
): State {
  const conversions = state.conversions.map((conversion) =>
    conversion.id === conversionId ? update(conversion) : conversion,
  );
  return { ...state, conversions };
}

function without(
  pending: LeadConversions['pending'],
  conversionId: Uuid,
): LeadConversions['pending'] {
  const { [conversionId]: _done, ...rest } = pending;
  return rest;
}
