import type { Instant, Uuid } from '../kernel/ids.js';
import type { OpportunityState } from '../opportunity/opportunity.js';
import type {
  AssignmentHandler,
  AssignmentRule,
} from '../settings/assignment-rules/assignment-rule.js';
import type { Settings } from '../settings/settings.js';
import type { ChosenRule, PassedRule, RuleAssignment } from './assigned-by.js';
import { awayFrom, membersOf, type Roster } from './roster.js';
import { ruleHolds } from './rule-condition.js';

/** What the choice goes by beside the opportunity. */
export interface RuleBasis {
  readonly settings: Settings;
  readonly roster: Roster;
  readonly now: Instant;
}

/** The rules that are asked, in their order. */
export function rulesInForce({ assignmentRules }: Settings): readonly AssignmentRule[] {
  return assignmentRules.filter(({ enabled, retired }) => enabled && !retired);
}

/** The rule that decides, or those that hold and could not be followed. */
export type RuleChoice =
  | { readonly chosen: ChosenRule }
  | { readonly chosen?: undefined; readonly passed: readonly PassedRule[] };

/**
 * The first rule that holds for the opportunity and can be followed (PRODUCT.md P6). One that names a person who is away or no longer
 * let in, or a team that is no more, is passed over.
 */
export function chooseRule(opportunity: OpportunityState, basis: RuleBasis): RuleChoice {
  const rules = rulesInForce(basis.settings);
  if (rules.length === 0) return { passed: [] };
  const passed: PassedRule[] = [];
  const holds = ruleHolds(opportunity, basis);
  for (const assignmentRule of rules) {
    if (!holds(assignmentRule)) continue;
    const { id, name, handler } = assignmentRule;
    const rule = { id, name };
    const because = hindranceOf(handler, basis);
    if (!because) return { chosen: { rule, handler, ...(passed.length > 0 && { passed }) } };
    passed.push({ rule, because });
  }
  return { passed };
}

/** Why the handler can take nothing now, if so. */
export function hindranceOf(
  handler: AssignmentHandler,
  { roster, now }: Pick<RuleBasis, 'roster' | 'now'>,
): PassedRule['because'] | undefined {
  if (handler.kind === 'user') return awayFrom(roster, handler.userId, now);
  return membersOf(roster, handler.teamId) ? undefined : 'no-team';
}

/** Whose an opportunity becomes by a rule that names a person. */
export function assignedToPerson({ rule, passed }: ChosenRule, ownerId: Uuid): RuleAssignment {
  const by = { rule, method: 'person', reason: 'named', candidates: [] } as const;
  return { to: { ownerId }, by: { ...by, ...(passed && { passed }) } };
}
