import { Refusal } from '../kernel/refusal.js';
import { fieldOf } from '../record/catalogue.js';
import type { FieldValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import type { RecordType } from '../record/record-type.js';
import {
  type CustomFieldDefinition,
  customFieldOf,
  isFieldDefined,
  type Settings,
} from '../settings/settings.js';

/**
 * Custom fields in which records of another type than the survivor's have a value and which the survivor's type lacks, as they are to
 * be added to it (PRODUCT.md P3, as P2 does at conversion). Not required there: others could not have them filled.
 */
export function missingDefinitions(
  target: RecordType,
  states: readonly RecordState[],
  settings: Settings,
): readonly CustomFieldDefinition[] {
  const missing = new Map<string, CustomFieldDefinition>();
  for (const { type, custom } of states) {
    if (type === target) continue;
    for (const key of Object.keys(custom)) {
      const definition = customFieldOf(settings, type, key);
      if (definition && !isFieldDefined(target, key, settings)) {
        missing.set(key, { ...definition, recordType: target, required: false });
      }
    }
  }
  return [...missing.values()];
}

/**
 * One refusal for every custom field that the survivor would get a value for but whose type differs between the record types; it names
 * both definitions. A value that the survivor has of its own stands, and the other is told as lost.
 */
export function clashesWith(
  survivor: RecordState,
  states: readonly RecordState[],
  settings: Settings,
): readonly Refusal[] {
  const clashes = new Map<string, Refusal>();
  for (const { type, custom } of states) {
    for (const key of Object.keys(custom)) {
      const theirs = customFieldOf(settings, type, key);
      const ours = customFieldOf(settings, survivor.type, key);
      if (!theirs || !ours || theirs.type === ours.type) continue;
      if (fieldValue(survivor, `custom.${key}`) !== undefined) continue;
      const message = `The custom field ${key} is of type ${theirs.type} on the ${type}, and of type ${ours.type} on the ${survivor.type}.`;
      const errors = [{ path: `custom.${key}`, code: 'custom_field_clash', message }];
      const facts = { definitions: [{ ...theirs }, { ...ours }] };
      clashes.set(key, new Refusal('rule', 'custom_field_clash', message, { errors, facts }));
    }
  }
  return [...clashes.values()];
}

/** What a record has to offer for a field of the survivor's type; custom fields of other meaning are none of it. */
export function offered(
  state: RecordState,
  field: string,
  target: RecordType,
  settings: Settings,
): FieldValue | undefined {
  if (state.type === target) return fieldValue(state, field);
  if (!field.startsWith('custom.')) {
    const [theirs, ours] = [fieldOf(state.type, field), fieldOf(target, field)];
    return theirs && theirs.type === ours?.type ? fieldValue(state, field) : undefined;
  }
  const key = field.slice('custom.'.length);
  return customFieldOf(settings, state.type, key)?.type ===
    customFieldOf(settings, target, key)?.type
    ? fieldValue(state, field)
    : undefined;
}
