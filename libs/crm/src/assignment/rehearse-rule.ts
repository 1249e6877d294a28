import type { ConditionDocument } from '../conditions/condition-document.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import type { AssignmentRule } from '../settings/assignment-rules/assignment-rule.js';
import type { PassedRule, RuleAssignment, RuleName } from './assigned-by.js';
import { assignedToPerson, hindranceOf, type RuleBasis, rulesInForce } from './choose-rule.js';
import { decideTurn, type TurnBasis } from './decide-turn.js';
import { evolveRotation } from './rotation.js';
import { ruleHoldsFor } from './rule-condition.js';

/** An opportunity that a rule is tried on, and the moment that its conditions take for now. */
export interface Tried {
  readonly document: ConditionDocument;
  readonly at: Instant;
}

/** What would come of a rule for an opportunity that it holds for. */
export type Rehearsed = {
  readonly id: Uuid;
  /** A rule before it would decide. */
  readonly earlier?: RuleName;
  /** It could not be followed, and the next rule would be asked. */
  readonly because?: PassedRule['because'];
  readonly assignment?: RuleAssignment;
};

/**
 * Tries a rule on opportunities as if they arrived one after the other, and commits nothing. Turns and loads count up from how they stand now;
 * who is away now is passed over. A rule that the settings do not have would be asked last.
 */
export function rehearseRule(
  rule: AssignmentRule,
  tried: readonly Tried[],
  basis: RuleBasis & TurnBasis,
): readonly Rehearsed[] {
  const before = rulesBefore(rule, basis);
  const because = hindranceOf(rule.handler, basis);
  const next = assigning(rule, basis);
  return tried.flatMap(({ document, at }): readonly Rehearsed[] => {
    const holds = ruleHoldsFor(document, { settings: basis.settings, now: at });
    if (!holds(rule)) return [];
    const { id } = document;
    const earlier = before.find(holds);
    if (earlier) return [{ id, earlier: { id: earlier.id, name: earlier.name } }];
    return [because ? { id, because } : { id, assignment: next(id) }];
  });
}

/** Those that would be asked and followed before it. */
function rulesBefore({ id }: AssignmentRule, basis: RuleBasis): readonly AssignmentRule[] {
  const rules = basis.settings.assignmentRules;
  const place = rules.findIndex((one) => one.id === id);
  const before = place < 0 ? rules : rules.slice(0, place);
  return rulesInForce({ ...basis.settings, assignmentRules: before }).filter(
    ({ handler }) => !hindranceOf(handler, basis),
  );
}

/** Gives one opportunity after the other to whoever is next. */
function assigning(
  { id, name, handler }: AssignmentRule,
  basis: TurnBasis,
): (opportunityId: Uuid) => RuleAssignment {
  const rule = { id, name };
  if (handler.kind === 'user') {
    return () => assignedToPerson({ rule, handler }, handler.userId);
  }
  let { rotation } = basis;
  const loads = basis.loads && new Map(basis.loads);
  return (opportunityId) => {
    const { userId, assignment } = decideTurn({ rule, handler }, { ...basis, rotation, loads });
    if (userId !== undefined) {
      const turn = { turnId: opportunityId, opportunityId, userId, method: handler.method };
      rotation = evolveRotation(rotation, { type: 'RotationTurnTaken', data: turn });
      loads?.set(userId, (loads.get(userId) ?? 0) + 1);
    }
    return assignment;
  };
}
