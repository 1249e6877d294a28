import type { Scalar } from './condition.js';
import type { FieldKind } from './field-kind.js';
import { InvalidFilter } from './invalid-filter.js';

/** What fields hold that are no texts; a block holds members, which are asked about one by one. */
const NO_TEXTS: Readonly<Partial<Record<FieldKind, 'number' | 'boolean' | 'block'>>> = {
  number: 'number',
  percent: 'number',
  boolean: 'boolean',
  money: 'block',
  address: 'block',
};
const WANTED = {
  text: 'it is compared with a text here',
  number: 'it is compared with a number here',
  boolean: 'it is compared with true or false here',
  block: 'it has parts, which are compared one by one: name one, as in expectedRevenue.amount',
} as const;

/**
 * Refuses to compare a field with what it never holds: no record would be found, and nobody told why. Null stands for
 * what is empty in every field.
 * @throws InvalidFilter
 */
export function refuseOtherKind(kind: FieldKind | undefined, value: Scalar, at: string): void {
  if (kind === undefined || value === null) return;
  const held = NO_TEXTS[kind] ?? 'text';
  const given = typeof value === 'string' ? 'text' : typeof value;
  if (given !== held) throw new InvalidFilter(at, WANTED[held]);
}
