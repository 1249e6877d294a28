import type { CatalogueName } from '../settings/catalogues/catalogue-name.js';
import type { RecordType } from './record-type.js';

/** A word or phrase in the product's two languages. */
export type Label = { readonly en: string; readonly vi: string };

/** Money in minor units of an ISO 4217 currency: 1,500 VND is `{amount: 1500, currency: 'VND'}`, 15.00 USD is 1500. */
export type Money = { readonly amount: number; readonly currency: string };

/** A postal address. Taken and replaced as one block. */
export type Address = {
  readonly street?: string;
  readonly ward?: string;
  readonly district?: string;
  readonly city?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
};

/**
 * How a value is read and checked (`values/`):
 * - `text` one line · `longText` many · `email` · `url` · `date` (YYYY-MM-DD)
 * - `texts`, `emails`, `phones`: lists without repetition, in the order given
 * - `money` · `percent` (0–100) · `address` · `record`: the id of a record of type `target`
 */
export type FieldType =
  | 'text'
  | 'longText'
  | 'email'
  | 'url'
  | 'date'
  | 'texts'
  | 'emails'
  | 'phones'
  | 'money'
  | 'percent'
  | 'address'
  | 'record';

/** One field of a record type. Adding a field to a catalogue is all that a new field takes. */
export interface FieldDefinition {
  readonly name: string;
  readonly type: FieldType;
  readonly label: Label;
  /** Sealed in events, see `PersonalParts`. */
  readonly personal: boolean;
  /** For `record`. */
  readonly target?: RecordType;
  /** Its values are of this catalogue, where that has entries in use. */
  readonly catalogue?: CatalogueName;
  /** Shown in the API description. */
  readonly example: FieldValue;
}

/** A value as events and documents keep it. `null` never occurs: an empty field is absent. */
export type FieldValue = string | number | boolean | readonly string[] | Money | Address;
export type FieldValues = { readonly [field: string]: FieldValue };

/** Lists and texts of no content are no value. 0 and false are values. */
export function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isEmptyValue);
}

/** Equal as values: lists in the same order, objects by their members. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (isEmptyValue(left) && isEmptyValue(right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => sameValue(Reflect.get(left, key), Reflect.get(right, key)));
}
