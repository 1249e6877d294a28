import { type Checking, countCondition, deeper, isObject, join } from './checking.js';
import type { FilterNode, ValueTest } from './condition.js';
import { InvalidFilter } from './invalid-filter.js';
import {
  checkAllOperand,
  checkEqualsOperand,
  checkList,
  checkOptions,
  checkRangeOperand,
  checkRegexOperand,
} from './operand.js';
import { checkKind } from './operand-kind.js';
import { isRelative, resolveOperand } from './relative-operand.js';

/** Of which field, in the middle of which filter. */
interface Asked {
  readonly checking: Checking;
  readonly field: string;
  readonly depth: number;
}

export function not(node: FilterNode): FilterNode {
  return { kind: 'not', node };
}

/** An operand that may be relative to now, as a plain one. */
function plain({ checking, field }: Asked, operand: unknown, at: string): unknown {
  if (!isRelative(operand)) return operand;
  const { check } = checking;
  if (!check.relativeTo) {
    throw new InvalidFilter(at, 'it must be a plain value: nothing is relative to now here');
  }
  checking.relative = true;
  const kind = check.kindOf?.(field);
  if (kind === 'date' || kind === 'instant') {
    return resolveOperand(operand, kind, check.relativeTo, at);
  }
  throw new InvalidFilter(at, 'only days and moments are compared with what is relative to now');
}

function checkOperator(
  asked: Asked,
  operator: string,
  operand: unknown,
  at: string,
  caseless: boolean,
): FilterNode {
  if (operator === '$not') {
    if (!isObject(operand)) throw new InvalidFilter(at, 'it must be an object of operators');
    return not(
      checkOperators({ ...asked, depth: deeper(asked.checking, asked.depth, at) }, operand, at),
    );
  }
  countCondition(asked.checking, at);
  const kind = asked.checking.check.kindOf?.(asked.field);
  const where = (test: ValueTest, path = at): FilterNode => {
    if (kind) checkKind(kind, test, path);
    return { kind: 'condition', field: asked.field, test };
  };
  const equals = () =>
    where({ kind: 'equals', value: checkEqualsOperand(plain(asked, operand, at), at) });
  switch (operator) {
    case '$eq':
      return equals();
    case '$ne':
      return not(equals());
    case '$in':
      return where({ kind: 'in', values: checkList(operand, at) });
    case '$nin':
      return not(where({ kind: 'in', values: checkList(operand, at) }));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const value = checkRangeOperand(plain(asked, operand, at), at);
      return where({ kind: 'range', operator, value });
    }
    case '$all': {
      const nodes = checkAllOperand(operand, at).map((value, index) =>
        where({ kind: 'equals', value }, `${at}.${index}`),
      );
      // MongoDB's: all of nothing finds nothing.
      return nodes.length === 0 ? { kind: 'or', nodes } : { kind: 'and', nodes };
    }
    case '$exists':
      if (typeof operand !== 'boolean') throw new InvalidFilter(at, 'it must be true or false');
      return operand ? where({ kind: 'exists' }) : not(where({ kind: 'exists' }));
    case '$regex':
      return where({ kind: 'text', ...checkRegexOperand(operand, at), caseless });
    default:
      throw new InvalidFilter(at, 'it is not an operator of the filter language');
  }
}

/** A bare value: equality. */
export function checkValue(asked: Asked, value: unknown, at: string): FilterNode {
  return checkOperator(asked, '$eq', value, at, false);
}

/** The operators on one field, all of which must hold. @throws InvalidFilter */
export function checkOperators(
  asked: Asked,
  operators: Record<string, unknown>,
  at: string,
): FilterNode {
  const caseless = checkOptions(operators, join(at, '$options'));
  const entries = Object.entries(operators).filter(([operator]) => operator !== '$options');
  if (entries.length === 0) throw new InvalidFilter(at, 'it names no operator');
  const nodes = entries.map(([operator, operand]) =>
    checkOperator(asked, operator, operand, join(at, operator), caseless),
  );
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'and', nodes };
}
