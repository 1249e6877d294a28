import { compileConditions } from '../conditions/compile-conditions.js';
import { type ConditionDocument, conditionDocument } from '../conditions/condition-document.js';
import { conditionKinds } from '../conditions/condition-kinds.js';
import { InvalidFilter } from '../conditions/invalid-filter.js';
import { resolveFilter } from '../conditions/resolve-filter.js';
import type { Instant } from '../kernel/ids.js';
import type { OpportunityState } from '../opportunity/opportunity.js';
import type { AssignmentRule } from '../settings/assignment-rules/assignment-rule.js';
import type { Settings } from '../settings/settings.js';

/** What conditions are asked under: as of which settings, and when. */
export interface Asking {
  readonly settings: Settings;
  readonly now: Instant;
}

/** Whether a rule holds. */
export type RuleHolds = (rule: Pick<AssignmentRule, 'filter'>) => boolean;

/** Whether rules hold for an opportunity. */
export function ruleHolds(opportunity: OpportunityState, asking: Asking): RuleHolds {
  return ruleHoldsFor(conditionDocument(opportunity), asking);
}

/**
 * Whether rules hold for what an opportunity looks like. A condition that cannot be read, as one written by a later version, holds for nothing:
 * what arrives is taken all the same.
 */
export function ruleHoldsFor(document: ConditionDocument, { settings, now }: Asking): RuleHolds {
  const kindOf = conditionKinds('opportunity', settings);
  const resolving = { kindOf, now, timeZone: settings.timeZone };
  return ({ filter }) => {
    try {
      return compileConditions(resolveFilter(filter, resolving))(document);
    } catch (error) {
      if (error instanceof InvalidFilter) return false;
      throw error;
    }
  };
}
