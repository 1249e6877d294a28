import { conditionKinds } from '../../conditions/condition-kinds.js';
import { InvalidFilter } from '../../conditions/invalid-filter.js';
import { resolveFilter } from '../../conditions/resolve-filter.js';
import type { JsonObject } from '../../kernel/json.js';
import type { InputReading } from '../../record/values/input-reading.js';
import type { Settings } from '../settings.js';

/** What is relative to now is so each time the rule is asked; whether it can be resolved is the same at any moment. */
const ANY_MOMENT = '2026-01-01T00:00:00.000Z';

/** The condition of a rule on opportunities: in the filter language, over fields that there are. */
export function readRuleFilter(
  reading: InputReading,
  raw: JsonObject,
  path: string,
  settings: Settings,
): JsonObject {
  try {
    const kindOf = conditionKinds('opportunity', settings);
    resolveFilter(raw, { now: ANY_MOMENT, timeZone: settings.timeZone, kindOf });
  } catch (error) {
    if (!(error instanceof InvalidFilter)) throw error;
    const at = error.path === '' ? path : `${path}.${error.path}`;
    reading.refuse(at, 'invalid_filter', `${error.why}.`);
  }
  return raw;
}
