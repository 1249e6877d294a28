import type { Scalar, TextTest } from './condition.js';
import { FILTER_LIMITS } from './filter.js';
import { InvalidFilter } from './invalid-filter.js';
import { parseLiteralRegex } from './literal-regex.js';

/** Lone surrogates cannot be stored as UTF-8, and no store agrees on the zero character. */
const UNSTORABLE = /[\0\p{Cs}]/u;

function checkText(value: string, at: string): string {
  if (value.normalize('NFC').length > FILTER_LIMITS.text) {
    throw new InvalidFilter(at, `a text has at most ${FILTER_LIMITS.text} characters`);
  }
  if (UNSTORABLE.test(value)) {
    throw new InvalidFilter(at, 'a text has no zero character and no half of a surrogate pair');
  }
  return value;
}

function checkScalar(value: unknown, at: string): Scalar {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return checkText(value, at);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new InvalidFilter(at, 'a number must be finite');
    return value;
  }
  throw new InvalidFilter(at, 'it must be a text, a number, a boolean or null');
}

export function checkList(value: unknown, at: string): readonly Scalar[] {
  if (!Array.isArray(value)) throw new InvalidFilter(at, 'it must be a list');
  if (value.length > FILTER_LIMITS.values) {
    throw new InvalidFilter(at, `a list has at most ${FILTER_LIMITS.values} values`);
  }
  return Array.from(value, (element: unknown, i) => checkScalar(element, `${at}.${i}`));
}

export function checkEqualsOperand(value: unknown, at: string): Scalar | readonly Scalar[] {
  return Array.isArray(value) ? checkList(value, at) : checkScalar(value, at);
}

export function checkRangeOperand(value: unknown, at: string): string | number {
  const scalar = checkScalar(value, at);
  if (typeof scalar === 'string' || typeof scalar === 'number') return scalar;
  throw new InvalidFilter(at, 'it must be a text or a number');
}

export function checkAllOperand(value: unknown, at: string): readonly Scalar[] {
  const values = checkList(value, at);
  const empty = values.indexOf(null);
  if (empty >= 0) throw new InvalidFilter(`${at}.${empty}`, '$all takes no null');
  return values;
}

export function checkRegexOperand(value: unknown, at: string): Omit<TextTest, 'caseless'> {
  if (typeof value !== 'string') throw new InvalidFilter(at, 'it must be a text');
  const literal = parseLiteralRegex(checkText(value, at));
  if (literal === undefined) {
    throw new InvalidFilter(
      at,
      'it must be a literal text, special characters escaped, after an optional ^',
    );
  }
  return literal;
}

/** Whether a `$regex` is to be found in any case, by the options beside it. */
export function checkOptions(operators: Readonly<Record<string, unknown>>, at: string): boolean {
  if (!Object.hasOwn(operators, '$options')) return false;
  if (!Object.hasOwn(operators, '$regex')) throw new InvalidFilter(at, 'it goes with a $regex');
  if (operators.$options === 'i') return true;
  throw new InvalidFilter(at, 'it must be "i": in upper or lower case');
}
