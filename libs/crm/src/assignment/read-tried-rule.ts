import type { JsonObject } from '../kernel/json.js';
import { InputReading } from '../record/values/input-reading.js';
import type {
  AssignmentHandler,
  AssignmentRule,
} from '../settings/assignment-rules/assignment-rule.js';
import { readHandler } from '../settings/assignment-rules/read-handler.js';
import { readRuleFilter } from '../settings/parts/read-rule-filter.js';
import { isInUse, unknownReferences } from '../settings/references/check-references.js';
import type { ReferenceTarget } from '../settings/references/reference.js';
import { namedByRule } from '../settings/references/references-in.js';
import type { Settings } from '../settings/settings.js';
import { membersOf, type Roster } from './roster.js';

/** A rule that is tried before there is one. */
export type TriedRule = { readonly filter: JsonObject; readonly handler: AssignmentHandler };

/** No rule can have it: ids of rules are not empty. */
const NOT_SAVED = '';

/**
 * A rule to be tried that the settings do not have.
 * @throws Refusal `invalid_fields`; `unknown_reference`, `unknown_catalogue_value` for what they would not take either. With paths below `rule`
 */
export function readTriedRule(
  { filter, handler }: TriedRule,
  settings: Settings,
  roster: Roster,
): AssignmentRule {
  const reading = new InputReading();
  const rule: AssignmentRule = {
    ...{ id: NOT_SAVED, name: '', enabled: true, retired: false },
    filter: readRuleFilter(reading, filter, 'rule.filter', settings),
    handler: readHandler(reading, handler, 'rule.handler'),
  };
  reading.finish();
  const unknown = namedByRule(rule).filter(({ target }) => !isThere(target, settings, roster));
  if (unknown.length === 0) return rule;
  const below = unknown.map((one) => ({ ...one, within: `rule.${one.within}` }));
  throw unknownReferences(below, settings);
}

function isThere(target: ReferenceTarget, settings: Settings, roster: Roster): boolean {
  switch (target.kind) {
    case 'user':
      return roster.user(target.userId)?.active === true;
    case 'team':
      return membersOf(roster, target.teamId) !== undefined;
    default:
      return isInUse(target, settings);
  }
}
