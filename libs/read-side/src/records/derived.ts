import type { FieldValues } from '#crm';

/** Look-up members that come from the values. */
export interface Derived {
  readonly fields: FieldValues;
  readonly custom: FieldValues;
  readonly keys: readonly string[];
  readonly search: readonly string[];
}
