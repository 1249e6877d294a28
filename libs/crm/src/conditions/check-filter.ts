import type { CheckedFilter, FilterNode, ValueTest } from './condition.js';
import { checkField } from './field-path.js';
import { FILTER_LIMITS } from './filter.js';
import { InvalidFilter } from './invalid-filter.js';
import {
  checkAllOperand,
  checkEqualsOperand,
  checkList,
  checkRangeOperand,
  checkRegexOperand,
} from './operand.js';

export interface FilterCheck {
  /** The only fields that the filter may name. Default: any. */
  readonly fields?: ReadonlySet<string>;
}

interface Checking {
  readonly allowed: ReadonlySet<string> | undefined;
  readonly fields: Set<string>;
  conditions: number;
}

const LOGICAL = new Set(['$and', '$or', '$nor']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}

function not(node: FilterNode): FilterNode {
  return { kind: 'not', node };
}

function deeper(depth: number, at: string): number {
  if (depth >= FILTER_LIMITS.depth) {
    throw new InvalidFilter(at, `conditions nest at most ${FILTER_LIMITS.depth} deep`);
  }
  return depth + 1;
}

function checkOperator(
  checking: Checking,
  field: string,
  operator: string,
  operand: unknown,
  at: string,
  depth: number,
): FilterNode {
  if (operator === '$not') {
    if (!isObject(operand)) throw new InvalidFilter(at, 'it must be an object of operators');
    return not(checkOperators(checking, field, operand, at, deeper(depth, at)));
  }
  checking.conditions += 1;
  if (checking.conditions > FILTER_LIMITS.conditions) {
    throw new InvalidFilter(at, `a filter has at most ${FILTER_LIMITS.conditions} conditions`);
  }
  const where = (test: ValueTest): FilterNode => ({ kind: 'condition', field, test });
  switch (operator) {
    case '$eq':
      return where({ kind: 'equals', value: checkEqualsOperand(operand, at) });
    case '$ne':
      return not(where({ kind: 'equals', value: checkEqualsOperand(operand, at) }));
    case '$in':
      return where({ kind: 'in', values: checkList(operand, at) });
    case '$nin':
      return not(where({ kind: 'in', values: checkList(operand, at) }));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return where({ kind: 'range', operator, value: checkRangeOperand(operand, at) });
    case '$all': {
      const nodes = checkAllOperand(operand, at).map((value) => where({ kind: 'equals', value }));
      // MongoDB's: all of nothing finds nothing.
      return nodes.length === 0 ? { kind: 'or', nodes } : { kind: 'and', nodes };
    }
    case '$exists':
      if (typeof operand !== 'boolean') throw new InvalidFilter(at, 'it must be true or false');
      return operand ? where({ kind: 'exists' }) : not(where({ kind: 'exists' }));
    case '$regex':
      return where({ kind: 'text', ...checkRegexOperand(operand, at) });
    default:
      throw new InvalidFilter(at, 'it is not an operator of the filter language');
  }
}

function checkOperators(
  checking: Checking,
  field: string,
  operators: Record<string, unknown>,
  at: string,
  depth: number,
): FilterNode {
  const entries = Object.entries(operators);
  if (entries.length === 0) throw new InvalidFilter(at, 'it names no operator');
  const nodes = entries.map(([operator, operand]) =>
    checkOperator(checking, field, operator, operand, join(at, operator), depth),
  );
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'and', nodes };
}

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
  const inner = deeper(depth, at);
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
    if (checking.allowed !== undefined && !checking.allowed.has(key)) {
      throw new InvalidFilter(path, 'it is not a field that can be filtered by');
    }
    checking.fields.add(key);
    return isObject(value)
      ? checkOperators(checking, key, value, path, depth)
      : checkOperator(checking, key, '$eq', value, path, depth);
  });
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'and', nodes };
}

/**
 * Reads a filter of the language that `filter.ts` describes, within `FILTER_LIMITS`.
 * @throws InvalidFilter naming the part that is not in the language, by dotted path
 */
export function checkFilter(filter: unknown, check: FilterCheck = {}): CheckedFilter {
  const checking: Checking = { allowed: check.fields, fields: new Set(), conditions: 0 };
  return { root: checkNode(checking, filter, '', 0), fields: checking.fields };
}

/**
 * The dotted paths of the fields that a filter looks at, each once.
 * @throws InvalidFilter the filter is not in the language
 */
export function fieldsOf(filter: unknown): readonly string[] {
  return [...checkFilter(filter).fields];
}
