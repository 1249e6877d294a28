import { withChanges } from '../parts/changes.js';
import { inOrder } from '../parts/order.js';
import { replaced } from '../parts/retirable.js';
import type { Settings } from '../settings.js';
import type { AssignmentRule } from './assignment-rule.js';
import type { AssignmentRuleEvent } from './assignment-rule-events.js';

/** What an event of assignment rules changes of the settings. */
export function evolveAssignmentRules(
  { assignmentRules }: Settings,
  event: AssignmentRuleEvent,
): Partial<Settings> {
  return { assignmentRules: evolveRules(assignmentRules, event) };
}

function evolveRules(
  rules: readonly AssignmentRule[],
  event: AssignmentRuleEvent,
): readonly AssignmentRule[] {
  switch (event.type) {
    case 'AssignmentRuleAdded': {
      const { rule, index } = event.data;
      return rules.filter(({ id }) => id !== rule.id).toSpliced(index, 0, rule);
    }
    case 'AssignmentRuleEdited': {
      const { ruleId, changes } = event.data;
      return replaced(rules, ruleId, (rule) => withChanges(rule, changes));
    }
    case 'AssignmentRulesReordered':
      return inOrder(rules, event.data.to, ({ id }) => id);
    case 'AssignmentRuleRetired':
    case 'AssignmentRuleRestored': {
      const retired = event.type === 'AssignmentRuleRetired';
      return replaced(rules, event.data.ruleId, (rule) => ({ ...rule, retired }));
    }
  }
}
