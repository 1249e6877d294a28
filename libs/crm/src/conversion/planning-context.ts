import type { Roster } from '../assignment/roster.js';
import type { DecisionContext } from '../kernel/decider.js';

/** What planning may know beside what it plans with. */
export interface PlanningContext extends DecisionContext {
  /** Who there is to be given the opportunity by an assignment rule. */
  readonly roster: Roster;
}
