import type { KindOf } from './field-kind.js';
import { FILTER_LIMITS } from './filter.js';
import { InvalidFilter } from './invalid-filter.js';
import type { RelativeTo } from './relative-operand.js';

export interface FilterCheck {
  /** The fields that the filter may name, and what they hold. Absent: it may name any, and which hold moments is not known. */
  readonly kindOf?: KindOf;
  /** What operands relative to now are resolved against. Absent: there may be none, as for the stores. */
  readonly relativeTo?: RelativeTo;
}

/** A filter in the middle of being checked. */
export interface Checking {
  readonly check: FilterCheck;
  readonly fields: Set<string>;
  conditions: number;
  relative: boolean;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function join(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}

export function deeper(depth: number, at: string): number {
  if (depth >= FILTER_LIMITS.depth) {
    throw new InvalidFilter(at, `conditions nest at most ${FILTER_LIMITS.depth} deep`);
  }
  return depth + 1;
}

export function countCondition(checking: Checking, at: string): void {
  checking.conditions += 1;
  if (checking.conditions > FILTER_LIMITS.conditions) {
    throw new InvalidFilter(at, `a filter has at most ${FILTER_LIMITS.conditions} conditions`);
  }
}
