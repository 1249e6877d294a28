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

/** The stream of one record and how it folds. */
export function recordTarget(
  type: RecordType,
  id: Uuid,
  { unborn = false } = {},
): Target<AnyRecordState, DomainEvent> {
  const decider = deciderOf(type);
  return {
    stream: recordStream(type, id),
    unborn,
    initial: () => decider.initial(id),
    evolve: (state, event) => decider.evolve(state, event),
  };
}
