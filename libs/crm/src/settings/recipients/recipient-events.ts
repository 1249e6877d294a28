import type { DomainEvent } from '../../kernel/event.js';
import { defineEvent } from '../../kernel/event-definition.js';
import type { SettingChange } from '../parts/changes.js';
import type { RecipientRule } from './recipient-rule.js';

export type RecipientRuleAdded = DomainEvent<
  'RecipientRuleAdded',
  { readonly rule: RecipientRule }
>;
export type RecipientRuleEdited = DomainEvent<
  'RecipientRuleEdited',
  { readonly ruleId: string; readonly changes: readonly SettingChange[] }
>;
export type RecipientRuleRetired = DomainEvent<'RecipientRuleRetired', { readonly ruleId: string }>;
export type RecipientRuleRestored = DomainEvent<
  'RecipientRuleRestored',
  { readonly ruleId: string }
>;

export type RecipientRuleEvent =
  | RecipientRuleAdded
  | RecipientRuleEdited
  | RecipientRuleRetired
  | RecipientRuleRestored;

export const RECIPIENT_EVENTS = [
  defineEvent('RecipientRuleAdded', 'A rule says who is told of new opportunities.'),
  defineEvent('RecipientRuleEdited', 'A recipient rule got another name, condition or recipients.'),
  defineEvent('RecipientRuleRetired', 'A recipient rule does not hold any more.'),
  defineEvent('RecipientRuleRestored', 'A retired recipient rule holds again.'),
] as const;
