import { type AccountState, accountDecider } from './account/account.js';
import { type ContactState, contactDecider } from './contact/contact.js';
import type { DecisionContext } from './kernel/decider.js';
import type { DomainEvent, Happened } from './kernel/event.js';
import type { Uuid } from './kernel/ids.js';
import { type LeadState, leadDecider } from './lead/lead.js';
import { type OpportunityState, opportunityDecider } from './opportunity/opportunity.js';
import type { RecordState } from './record/record-state.js';
import type { RecordType } from './record/record-type.js';

export type AnyRecordState = LeadState | OpportunityState | ContactState | AccountState;

/** A record type's decider with its own types forgotten: for whoever works with records of all types. */
export interface AnyDecider {
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
