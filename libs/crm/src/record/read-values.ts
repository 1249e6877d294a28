import type { FieldError } from '../kernel/refusal.js';
import { type CustomFieldDefinition, customFieldOf, type Settings } from '../settings/settings.js';
import { fieldOf } from './catalogue.js';
import type { FieldValue, FieldValues } from './field.js';
import type { RawValues } from './record-commands.js';
import type { RecordType } from './record-type.js';
import { customReaderOf, readerOf } from './values/readers.js';
import { isJsonObject, type Reader } from './values/reading.js';
import { unknownField } from './values/unknown-members.js';

/** Values that passed their checks, in their normal form; `null` where the input empties the field. */
export interface ReadValues {
  readonly fields: Readonly<Record<string, FieldValue | null>>;
  readonly custom: Readonly<Record<string, FieldValue | null>>;
  /** Paths are `email`, `phones.0`, `custom.budget`. */
  readonly errors: readonly FieldError[];
}

/**
 * Reads raw values of a record type against its field catalogue and its custom fields.
 * Unknown names are errors, not ignored; so are custom fields that were retired. Options that the record holds already are
 * read like the others, whatever became of them since.
 */
export function readValues(
  type: RecordType,
  fields: RawValues,
  custom: RawValues,
  settings: Settings,
  held: FieldValues = {},
): ReadValues {
  const ownFields = readAll(fields, '', (name) => {
    const field = fieldOf(type, name);
    return field && readerOf(field.type, settings);
  });
  const ownCustom = readAll(custom, 'custom.', (key) => {
    const field = customFieldOf(settings, type, key);
    return field && customReaderOf(withHeld(field, held[key]), settings);
  });
  return {
    fields: ownFields.values,
    custom: ownCustom.values,
    errors: [...ownFields.errors, ...ownCustom.errors],
  };
}

function withHeld(
  field: CustomFieldDefinition,
  held: FieldValue | undefined,
): Pick<CustomFieldDefinition, 'type' | 'options'> {
  const { type, options } = field;
  if (options.length === 0 || held === undefined) return field;
  const texts = (Array.isArray(held) ? held : [held]).filter((one) => typeof one === 'string');
  if (texts.every((text) => options.includes(text))) return field;
  // In the order held, so that the same said again is no change.
  return { type, options: [...new Set([...texts, ...options])] };
}

function readAll(
  raw: RawValues,
  prefix: string,
  readerFor: (name: string) => Reader<FieldValue> | undefined,
) {
  const errors: FieldError[] = [];
  const values: [string, FieldValue | null][] = [];
  if (!isJsonObject(raw)) {
    const path = prefix.slice(0, -1) || 'fields';
    errors.push({ path, code: 'wrong_type', message: 'This must be an object.' });
    return { values: {}, errors };
  }
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    const path = `${prefix}${name}`;
    const reader = readerFor(name);
    const read = reader && (value === null ? { value: null } : reader(value, path));
    if (!read) errors.push(unknownField(path));
    else if (read.errors) errors.push(...read.errors);
    else values.push([name, read.value]);
  }
  return { values: Object.fromEntries(values), errors };
}
