import { arriving, unassignedArrival } from '../assignment/arrival.js';
import { chooseRule } from '../assignment/choose-rule.js';
import { opportunityDecider } from '../opportunity/opportunity.js';
import type { Settings } from '../settings/settings.js';
import type { PlannedCreation, PlannedOpportunity } from './conversion-plan.js';
import type { ConversionRequest } from './conversion-request.js';
import type { PlanningContext } from './planning-context.js';

/**
 * The planned opportunity with the rule that assigns it. Whoever the caller named stays; the lead's owner and team, and the caller, give
 * way to the rule.
 */
export function planAssignment(
  planned: PlannedCreation,
  { ownerId, opportunity }: ConversionRequest,
  settings: Settings,
  context: PlanningContext,
): PlannedOpportunity {
  if (ownerId ?? opportunity?.ownerId ?? opportunity?.teamId) return planned;
  const absent = opportunityDecider.initial(planned.id);
  const { roster, now } = context;
  const state = arriving(absent, planned.captured, context);
  const choice = chooseRule(state, { settings, roster, now });
  if (!choice.chosen) {
    return { ...planned, captured: unassignedArrival(planned.captured, choice.passed) };
  }
  const { ownerId: _ownerId, teamId: _teamId, ...captured } = planned.captured;
  return { ...planned, captured, assignment: choice.chosen };
}
