import { InputReading } from '../../record/values/input-reading.js';
import { changesBetween } from '../parts/changes.js';
import { isNewOrder } from '../parts/order.js';
import { readFlag, readPlace, readSlug } from '../parts/read-parts.js';
import { readRuleFilter } from '../parts/read-rule-filter.js';
import { isNew, refuseTooMany, requireInUse, requireSetting } from '../parts/retirable.js';
import type { Settings } from '../settings.js';
import type { AssignmentRule } from './assignment-rule.js';
import type {
  AddAssignmentRule,
  AssignmentRuleCommand,
  EditAssignmentRule,
} from './assignment-rule-commands.js';
import type { AssignmentRuleEvent } from './assignment-rule-events.js';
import { readHandler } from './read-handler.js';

/** Most assignment rules, retired ones too. */
const MAX_ASSIGNMENT_RULES = 500;

const RULE = { code: 'assignment_rule', noun: 'assignment rule' } as const;

/** Decides the commands on assignment rules (PRODUCT.md P6). */
export function decideAssignmentRules(
  settings: Settings,
  command: AssignmentRuleCommand,
): readonly AssignmentRuleEvent[] {
  const { assignmentRules: rules } = settings;
  switch (command.kind) {
    case 'add-assignment-rule':
      return add(settings, command);
    case 'edit-assignment-rule':
      return edit(settings, requireInUse(rules, command.ruleId, RULE), command);
    case 'reorder-assignment-rules': {
      const from = rules.filter(({ retired }) => !retired).map(({ id }) => id);
      const { ruleIds: to } = command;
      const path = 'ruleIds';
      if (!isNewOrder({ from, to, path, code: 'not_every_rule', what: 'rule' })) return [];
      return [{ type: 'AssignmentRulesReordered', data: { from, to } }];
    }
    case 'retire-assignment-rule':
      return requireSetting(rules, command.ruleId, RULE).retired
        ? []
        : [{ type: 'AssignmentRuleRetired', data: { ruleId: command.ruleId } }];
    case 'restore-assignment-rule': {
      const rule = requireSetting(rules, command.ruleId, RULE);
      if (!rule.retired) return [];
      return [{ type: 'AssignmentRuleRestored', data: { ruleId: rule.id } }];
    }
  }
}

function add(settings: Settings, command: AddAssignmentRule): readonly AssignmentRuleEvent[] {
  const { assignmentRules: rules } = settings;
  const reading = new InputReading();
  const rule = readRule(reading, { ...command, enabled: command.enabled ?? true }, settings);
  const index = readPlace(reading, command.index, 'index', rules.length);
  reading.finish();
  if (!isNew(rules, rule, RULE, 'ruleId')) return [];
  refuseTooMany(rules, MAX_ASSIGNMENT_RULES, RULE, { code: 'too_many_rules', path: 'ruleId' });
  return [{ type: 'AssignmentRuleAdded', data: { rule, index } }];
}

function edit(
  settings: Settings,
  rule: AssignmentRule,
  command: EditAssignmentRule,
): readonly AssignmentRuleEvent[] {
  const { name, filter, handler, enabled } = command;
  const reading = new InputReading();
  const edited: AssignmentRule = {
    ...rule,
    name: reading.name(name ?? rule.name, 'name'),
    // What a rule has already was read before; that a switched-off one names what has gone does not hinder other edits.
    filter: filter ? readRuleFilter(reading, filter, 'filter', settings) : rule.filter,
    handler: handler ? readHandler(reading, handler, 'handler') : rule.handler,
    enabled: readFlag(reading, enabled ?? rule.enabled, 'enabled'),
  };
  reading.finish();
  const changes = changesBetween(rule, edited);
  const data = { ruleId: rule.id, changes };
  return changes.length === 0 ? [] : [{ type: 'AssignmentRuleEdited', data }];
}

function readRule(
  reading: InputReading,
  input: Required<Omit<AddAssignmentRule, 'kind' | 'index'>>,
  settings: Settings,
): AssignmentRule {
  return {
    id: readSlug(reading, input.ruleId, 'ruleId'),
    name: reading.name(input.name, 'name'),
    filter: readRuleFilter(reading, input.filter, 'filter', settings),
    handler: readHandler(reading, input.handler, 'handler'),
    enabled: readFlag(reading, input.enabled, 'enabled'),
    retired: false,
  };
}
