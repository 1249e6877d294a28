import { checkOperators, checkValue, not } from './check-operators.js';
import { type Checking, deeper, type FilterCheck, isObject, join } from './checking.js';
import type { CheckedFilter, FilterNode } from './condition.js';
import { checkField } from './field-path.js';
import { InvalidFilter } from './invalid-filter.js';

const LOGICAL = new Set(['$and', '$or', '$nor']);

function checkLogical(
  checking: Checking,
  operator: string,
  operand: unknown,
  at: string,
  depth: number,
): FilterNode {
  if (!Array.isArray(operand) || operand.length === 0) {
    throw new InvalidFilter(at, 'it must be a list of one filter or more');
  }
  const inner = deeper(checking, depth, at);
  const nodes = Array.from(operand, (element: unknown, i) =>
    checkNode(checking, element, join(at, String(i)), inner),
  );
  if (operator === '$and') return { kind: 'and', nodes };
  const or: FilterNode = { kind: 'or', nodes };
  return operator === '$or' ? or : not(or);
}

function checkNode(checking: Checking, filter: unknown, at: string, depth: number): FilterNode {
  if (!isObject(filter)) throw new InvalidFilter(at, 'it must be an object');
  const nodes = Object.entries(filter).map(([key, value]) => {
    const path = join(at, key);
    if (LOGICAL.has(key)) return checkLogical(checking, key, value, path, depth);
    checkField(key, path);
    const { kindOf } = checking.check;
    if (kindOf && kindOf(key) === undefined) {
      throw new InvalidFilter(path, 'there is no such field to filter by');
    }
    checking.fields.add(key);
    const asked = { checking, field: key, depth };
    return isObject(value) ? checkOperators(asked, value, path) : checkValue(asked, value, path);
  });
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'and', nodes };
}

/**
 * Reads a filter of the language that `filter.ts` describes, within `FILTER_LIMITS`.
 * @throws InvalidFilter naming the part that is not in the language, by dotted path
 */
export function checkFilter(filter: unknown, check: FilterCheck = {}): CheckedFilter {
  const checking: Checking = { check, fields: new Set(), conditions: 0, relative: false };
  const root = checkNode(checking, filter, '', 0);
  return { root, fields: checking.fields, relative: checking.relative };
}
