import { FILTER_LIMITS } from './filter.js';
import { InvalidFilter } from './invalid-filter.js';

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);
const LONGEST_SEGMENT = 100;
/** Quotes and backslashes cannot be told apart from syntax in every store's paths; control characters name nothing. */
const UNSAFE = /[\p{Cc}\p{Cs}"\\]/u;
const DIGITS = /^[0-9]+$/;

/** Why a dotted path may not name a field, or undefined when it may. */
function objection(field: string): string | undefined {
  const segments = field.split('.');
  if (segments.length > FILTER_LIMITS.segments) {
    return `a path has at most ${FILTER_LIMITS.segments} segments`;
  }
  for (const segment of segments) {
    if (segment === '') return 'a path has no empty segment';
    if (segment.length > LONGEST_SEGMENT)
      return `a segment has at most ${LONGEST_SEGMENT} characters`;
    if (segment.startsWith('$')) return 'it is not an operator of the filter language';
    if (RESERVED.has(segment)) return 'a path may not name an object’s prototype';
    if (DIGITS.test(segment)) return 'positions in lists cannot be named';
    if (UNSAFE.test(segment)) return 'a path has no control character, quote or backslash';
  }
  return undefined;
}

/** @throws InvalidFilter naming `at` when the dotted path cannot be a field's */
export function checkField(field: string, at: string): void {
  const why = objection(field);
  if (why !== undefined) throw new InvalidFilter(at, why);
}
