import { InputReading } from '../../record/values/input-reading.js';
import { changesBetween } from '../parts/changes.js';
import { readSlug } from '../parts/read-parts.js';
import { readRuleFilter } from '../parts/read-rule-filter.js';
import { isNew, refuseTooMany, requireInUse, requireSetting } from '../parts/retirable.js';
import type { Settings } from '../settings.js';
import { readRecipients } from './read-recipients.js';
import type {
  AddRecipientRule,
  EditRecipientRule,
  RecipientRuleCommand,
} from './recipient-commands.js';
import type { RecipientRuleEvent } from './recipient-events.js';
import type { RecipientRule } from './recipient-rule.js';

/** Most recipient rules, retired ones too. */
const MAX_RECIPIENT_RULES = 500;

const RULE = { code: 'recipient_rule', noun: 'recipient rule' } as const;

/** Decides who is told of new opportunities (PRODUCT.md P6). */
export function decideRecipients(
  settings: Settings,
  command: RecipientRuleCommand,
): readonly RecipientRuleEvent[] {
  const { recipients: rules } = settings;
  const { ruleId } = command;
  switch (command.kind) {
    case 'add-recipient-rule':
      return add(settings, command);
    case 'edit-recipient-rule':
      return edit(settings, requireInUse(rules, ruleId, RULE), command);
    case 'retire-recipient-rule':
      return requireSetting(rules, ruleId, RULE).retired
        ? []
        : [{ type: 'RecipientRuleRetired', data: { ruleId } }];
    case 'restore-recipient-rule': {
      const rule = requireSetting(rules, ruleId, RULE);
      if (!rule.retired) return [];
      return [{ type: 'RecipientRuleRestored', data: { ruleId } }];
    }
  }
}

function add(settings: Settings, command: AddRecipientRule): readonly RecipientRuleEvent[] {
  const { recipients: rules } = settings;
  const rule = readRule({ ...command, filter: command.filter ?? {} }, settings);
  if (!isNew(rules, rule, RULE, 'ruleId')) return [];
  refuseTooMany(rules, MAX_RECIPIENT_RULES, RULE, { code: 'too_many_rules', path: 'ruleId' });
  return [{ type: 'RecipientRuleAdded', data: { rule } }];
}

function edit(
  settings: Settings,
  rule: RecipientRule,
  { name, filter, to }: EditRecipientRule,
): readonly RecipientRuleEvent[] {
  const reading = new InputReading();
  const edited: RecipientRule = {
    ...rule,
    name: reading.name(name ?? rule.name, 'name'),
    filter: filter ? readRuleFilter(reading, filter, 'filter', settings) : rule.filter,
    to: to ? readRecipients(reading, to, 'to') : rule.to,
  };
  reading.finish();
  const changes = changesBetween(rule, edited);
  const data = { ruleId: rule.id, changes };
  return changes.length === 0 ? [] : [{ type: 'RecipientRuleEdited', data }];
}

function readRule(
  input: Required<Omit<AddRecipientRule, 'kind'>>,
  settings: Settings,
): RecipientRule {
  const reading = new InputReading();
  const rule = {
    id: readSlug(reading, input.ruleId, 'ruleId'),
    name: reading.name(input.name, 'name'),
    filter: readRuleFilter(reading, input.filter, 'filter', settings),
    to: readRecipients(reading, input.to, 'to'),
    retired: false,
  };
  reading.finish();
  return rule;
}
