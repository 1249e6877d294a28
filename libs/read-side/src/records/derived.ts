import type { FieldValues } from '#crm';

/** What a document is found by, from its values. */
export interface Derived {
  readonly fields: FieldValues;
  readonly search: readonly string[];
}
