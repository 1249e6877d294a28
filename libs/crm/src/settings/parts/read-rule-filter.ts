import { checkFilter } from '../../conditions/check-filter.js';
import { checkFields } from '../../conditions/filterable-fields.js';
import { InvalidFilter } from '../../conditions/invalid-filter.js';
import type { JsonObject } from '../../kernel/json.js';
import type { InputReading } from '../../record/values/input-reading.js';
import type { Settings } from '../settings.js';

/** The condition of a rule on opportunities: in the filter language, over fields that there are. */
export function readRuleFilter(
  reading: InputReading,
  raw: JsonObject,
  path: string,
  settings: Settings,
): JsonObject {
  try {
    checkFilter(raw);
    checkFields('opportunity', raw, settings);
  } catch (error) {
    if (!(error instanceof InvalidFilter)) throw error;
    const at = error.path === '' ? path : `${path}.${error.path}`;
    reading.refuse(at, 'invalid_filter', `${error.why}.`);
  }
  return raw;
}
