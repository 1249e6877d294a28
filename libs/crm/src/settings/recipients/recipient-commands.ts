import type { JsonObject } from '../../kernel/json.js';
import type { Recipient, RecipientRule } from './recipient-rule.js';

/** Without a filter it holds for every new opportunity. */
export type AddRecipientRule = {
  readonly kind: 'add-recipient-rule';
  readonly ruleId: string;
  readonly name: string;
  readonly filter?: JsonObject;
  readonly to: readonly Recipient[];
};
/** What is left out stays as it is; filter and recipients are replaced as a whole. */
export type EditRecipientRule = {
  readonly kind: 'edit-recipient-rule';
  readonly ruleId: string;
} & Partial<Pick<RecipientRule, 'name' | 'filter' | 'to'>>;
export type RetireRecipientRule = {
  readonly kind: 'retire-recipient-rule';
  readonly ruleId: string;
};
export type RestoreRecipientRule = {
  readonly kind: 'restore-recipient-rule';
  readonly ruleId: string;
};

export type RecipientRuleCommand =
  | AddRecipientRule
  | EditRecipientRule
  | RetireRecipientRule
  | RestoreRecipientRule;
