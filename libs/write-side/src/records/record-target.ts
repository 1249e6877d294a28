import {
  type AccountState,
  accountDecider,
  type ContactState,
  contactDecider,
  type DecisionContext,
  type DomainEvent,
  type Happened,
  type LeadState,
  leadDecider,
  type OpportunityState,
  opportunityDecider,
  type RecordState,
  type RecordType,
  type Reservation,
  recordStream,
  type Uuid,
} from '#crm';
import type { Target } from '../execution/executor.js';

export type AnyRecordState = LeadState | OpportunityState | ContactState | AccountState;

/** A record type's decider with its own types forgotten: what the one handler for all record types works with. */
interface AnyDecider {
  initial(id: Uuid): AnyRecordState;
  decide(state: RecordState, command: object, context: DecisionContext): readonly DomainEvent[];
  evolve(state: RecordState, event: Happened): AnyRecordState;
  followUp?(
    before: RecordState,
    after: RecordState,
    context: DecisionContext,
  ): readonly DomainEvent[];
}

const DECIDERS: Readonly<Record<RecordType, AnyDecider>> = {
  lead: leadDecider as AnyDecider,
  opportunity: opportunityDecider as AnyDecider,
  contact: contactDecider as AnyDecider,
  account: accountDecider as AnyDecider,
};

/** The rules of a record type. */
export function deciderOf(type: RecordType): AnyDecider {
  return DECIDERS[type];
}

export interface RecordTargetOptions {
  readonly unborn?: boolean;
  /** Whether a merge that holds the record lets this command pass: it is one of its own. */
  readonly passes?: (reservation: Reservation) => boolean;
}

/** The stream of one record and how it folds. */
export function recordTarget(
  type: RecordType,
  id: Uuid,
  { unborn = false, passes = () => false }: RecordTargetOptions = {},
): Target<AnyRecordState, DomainEvent> {
  const decider = deciderOf(type);
  return {
    stream: recordStream(type, id),
    unborn,
    initial: () => decider.initial(id),
    evolve: (state, event) => decider.evolve(state, event),
    ...(decider.followUp && { followUp: decider.followUp }),
    heldBy: ({ reservation }) =>
      reservation && !passes(reservation) ? { record: { type, id }, reservation } : undefined,
  };
}
