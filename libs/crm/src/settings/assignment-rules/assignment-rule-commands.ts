import type { JsonObject } from '../../kernel/json.js';
import type { AssignmentHandler, AssignmentRule } from './assignment-rule.js';

/** Enabled unless it says otherwise; without `index` it is asked last. */
export type AddAssignmentRule = {
  readonly kind: 'add-assignment-rule';
  readonly ruleId: string;
  readonly name: string;
  readonly filter: JsonObject;
  readonly handler: AssignmentHandler;
  readonly enabled?: boolean;
  readonly index?: number;
};
/** What is left out stays as it is; filter and handler are replaced as a whole. */
export type EditAssignmentRule = {
  readonly kind: 'edit-assignment-rule';
  readonly ruleId: string;
} & Partial<Pick<AssignmentRule, 'name' | 'filter' | 'handler' | 'enabled'>>;
/** Names every rule that is not retired, once. */
export type ReorderAssignmentRules = {
  readonly kind: 'reorder-assignment-rules';
  readonly ruleIds: readonly string[];
};
export type RetireAssignmentRule = {
  readonly kind: 'retire-assignment-rule';
  readonly ruleId: string;
};
/** It is asked again where it stood, switched on or off as it was. */
export type RestoreAssignmentRule = {
  readonly kind: 'restore-assignment-rule';
  readonly ruleId: string;
};

export type AssignmentRuleCommand =
  | AddAssignmentRule
  | EditAssignmentRule
  | ReorderAssignmentRules
  | RetireAssignmentRule
  | RestoreAssignmentRule;
