import type { FieldError } from '../../kernel/refusal.js';
import type { Address } from '../field.js';
import { accepted, isJsonObject, type Reader, wrongType } from './reading.js';
import { readText } from './text.js';
import { unknownMembers } from './unknown-members.js';

/** In the order of an envelope, smallest place first. */
export const ADDRESS_MEMBERS = [
  'street',
  'ward',
  'district',
  'city',
  'region',
  'postalCode',
  'country',
] as const satisfies readonly (keyof Address)[];

/** An address as one block of texts; one without any text empties the field. */
export const readAddress: Reader<Address> = (raw, path) => {
  if (!isJsonObject(raw)) return wrongType(path, 'an object');
  const errors: FieldError[] = [...unknownMembers(raw, ADDRESS_MEMBERS, path)];
  const address: { -readonly [Member in keyof Address]: string } = {};
  for (const member of ADDRESS_MEMBERS) {
    const value = raw[member];
    if (value === undefined || value === null) continue;
    const text = readText(value, `${path}.${member}`);
    if (text.errors) errors.push(...text.errors);
    else if (text.value !== null) address[member] = text.value;
  }
  if (errors.length > 0) return { errors };
  return accepted(Object.keys(address).length === 0 ? null : address);
};
