import { Refusal } from '../kernel/refusal.js';
import type { Settings } from '../settings/settings.js';
import { isEmptyValue } from './field.js';
import type { RecordState } from './record-state.js';
import type { RecordType } from './record-type.js';

type Values = Pick<RecordState, 'fields' | 'custom'>;

/** Names of required fields that the values leave empty; custom ones as `custom.<key>`. */
export function missingFields(
  type: RecordType,
  values: Values,
  settings: Settings,
): readonly string[] {
  const fields = settings.requiredFields[type].filter((name) => isEmptyValue(values.fields[name]));
  const custom = settings.customFields
    .filter((field) => field.recordType === type && field.required && !field.retired)
    .filter((field) => isEmptyValue(values.custom[field.key]))
    .map((field) => `custom.${field.key}`);
  return [...fields, ...custom];
}

/**
 * Refuses when a required field is empty. With `among`, only those fields count: an edit need not mend what was
 * missing before it.
 */
export function refuseMissing(
  type: RecordType,
  values: Values,
  settings: Settings,
  among?: ReadonlySet<string>,
): void {
  const missing = missingFields(type, values, settings).filter((name) => among?.has(name) ?? true);
  if (missing.length === 0) return;
  throw new Refusal('rule', 'required_fields', 'Required fields are empty.', {
    errors: missing.map((path) => ({ path, code: 'required', message: 'This field is required.' })),
  });
}
