import type { JsonObject } from '../kernel/json.js';
import { InputReading } from '../record/values/input-reading.js';
import type {
  AssignmentHandler,
  AssignmentRule,
} from '../settings/assignment-rules/assignment-rule.js';
import { readHandler } from '../settings/assignment-rules/read-handler.js';
import { readRuleFilter } from '../settings/parts/read-rule-filter.js';
import type { Settings } from '../settings/settings.js';

/** A rule that is tried before there is one. */
export type TriedRule = { readonly filter: JsonObject; readonly handler: AssignmentHandler };

/** No rule can have it: ids of rules are not empty. */
const NOT_SAVED = '';

/** A rule to be tried that the settings do not have. @throws Refusal `invalid_fields` with paths below `rule` */
export function readTriedRule({ filter, handler }: TriedRule, settings: Settings): AssignmentRule {
  const reading = new InputReading();
  const rule: AssignmentRule = {
    ...{ id: NOT_SAVED, name: '', enabled: true, retired: false },
    filter: readRuleFilter(reading, filter, 'rule.filter', settings),
    handler: readHandler(reading, handler, 'rule.handler'),
  };
  reading.finish();
  return rule;
}
