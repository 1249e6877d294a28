import type { FieldValue } from './field.js';

/** The values that are there: `null`, which empties a field, is left out. */
export function presentValues(
  values: Readonly<Record<string, FieldValue | null>>,
): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, FieldValue] => entry[1] !== null),
  );
}
