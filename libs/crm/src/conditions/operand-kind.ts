import type { Scalar, ValueTest } from './condition.js';
import type { FieldKind } from './field-kind.js';
import { InvalidFilter } from './invalid-filter.js';

/** Kinds that are not compared with texts. `block`: not compared as a whole. */
const COMPARED: Readonly<Partial<Record<FieldKind, 'number' | 'boolean' | 'block'>>> = {
  number: 'number',
  percent: 'number',
  boolean: 'boolean',
  money: 'block',
  address: 'block',
};

const WHY = {
  number: 'this field holds numbers: it is compared with a number',
  boolean: 'this field is true or false: it is compared with one of these',
  string: 'this field holds texts: it is compared with a text',
  block: 'this field has parts: name one by path, such as expectedRevenue.amount',
} as const;

/**
 * Refuses what no value of the field can ever meet, or fail to meet: an amount compared as a whole, a number in quotation marks. Whoever writes a
 * rule means something else.
 * @throws InvalidFilter
 */
export function checkKind(kind: FieldKind, test: ValueTest, at: string): void {
  const wanted = COMPARED[kind] ?? 'string';
  const operands = operandsOf(test);
  for (const [index, operand] of [operands].flat().entries()) {
    if (operand === null || typeof operand === wanted) continue;
    throw new InvalidFilter(Array.isArray(operands) ? `${at}.${index}` : at, WHY[wanted]);
  }
}

function operandsOf(test: ValueTest): Scalar | readonly Scalar[] {
  switch (test.kind) {
    case 'equals':
    case 'range':
      return test.value;
    case 'in':
      return test.values;
    case 'text':
      return test.text;
    case 'exists':
      return [];
  }
}
