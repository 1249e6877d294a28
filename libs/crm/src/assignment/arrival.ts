import type { DecisionContext } from '../kernel/decider.js';
import {
  type OpportunityEvent,
  type OpportunityState,
  opportunityDecider,
} from '../opportunity/opportunity.js';
import type { CapturedData } from '../record/record-events.js';
import type { PassedRule, RuleAssignment } from './assigned-by.js';

/** What an opportunity would be once captured: what assignment rules are asked of. */
export function arriving(
  state: OpportunityState,
  captured: CapturedData,
  { actor, occurredAt, now, commandId }: DecisionContext,
): OpportunityState {
  const metadata = { actor, occurredAt, recordedAt: now, commandId, correlationId: commandId };
  return opportunityDecider.evolve(state, {
    type: 'OpportunityCaptured',
    data: captured,
    metadata,
  });
}

/** What is captured of an arrival that no rule assigns, with those that would have, could they be followed. */
export function unassignedArrival(
  captured: CapturedData,
  passedRules: readonly PassedRule[],
): CapturedData {
  return passedRules.length === 0 ? captured : { ...captured, passedRules };
}

/**
 * The events of an arrival that a rule assigns. Whose it would have been without the rule is not said: it never was theirs.
 */
export function assignedArrival(
  { ownerId: _ownerId, teamId: _teamId, ...captured }: CapturedData,
  { to, by }: RuleAssignment,
): readonly OpportunityEvent[] {
  return [
    { type: 'OpportunityCaptured', data: captured },
    { type: 'OpportunityAssigned', data: { from: {}, to, by } },
  ];
}
