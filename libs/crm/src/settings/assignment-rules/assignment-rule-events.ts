import type { DomainEvent } from '../../kernel/event.js';
import { defineEvent } from '../../kernel/event-definition.js';
import type { SettingChange } from '../parts/changes.js';
import type { AssignmentRule } from './assignment-rule.js';

export type AssignmentRuleAdded = DomainEvent<
  'AssignmentRuleAdded',
  {
    readonly rule: AssignmentRule;
    /** Place among the rules, from 0. */
    readonly index: number;
  }
>;
export type AssignmentRuleEdited = DomainEvent<
  'AssignmentRuleEdited',
  { readonly ruleId: string; readonly changes: readonly SettingChange[] }
>;
export type AssignmentRulesReordered = DomainEvent<
  'AssignmentRulesReordered',
  { readonly from: readonly string[]; readonly to: readonly string[] }
>;
export type AssignmentRuleRetired = DomainEvent<
  'AssignmentRuleRetired',
  { readonly ruleId: string }
>;
export type AssignmentRuleRestored = DomainEvent<
  'AssignmentRuleRestored',
  { readonly ruleId: string }
>;

export type AssignmentRuleEvent =
  | AssignmentRuleAdded
  | AssignmentRuleEdited
  | AssignmentRulesReordered
  | AssignmentRuleRetired
  | AssignmentRuleRestored;

export const ASSIGNMENT_RULE_EVENTS = [
  defineEvent('AssignmentRuleAdded', 'A rule says who gets which opportunities.'),
  defineEvent(
    'AssignmentRuleEdited',
    'An assignment rule got another name, condition or handler, or was switched on or off.',
  ),
  defineEvent('AssignmentRulesReordered', 'Assignment rules are asked in another order.'),
  defineEvent('AssignmentRuleRetired', 'An assignment rule is not asked any more.'),
  defineEvent('AssignmentRuleRestored', 'A retired assignment rule is asked again.'),
] as const;
