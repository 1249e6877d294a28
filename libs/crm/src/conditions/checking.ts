import type { KindOf } from './field-kind.js';
import { COMPOSED_LIMITS, FILTER_LIMITS } from './filter.js';
import { InvalidFilter } from './invalid-filter.js';
import type { RelativeTo } from './relative-operand.js';

export interface FilterCheck {
  /**
   * The fields that the filter may name, and what they hold. Absent: it is one that the product has put together, within `COMPOSED_LIMITS`;
   * it may name any, and which hold moments is not known.
   */
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

function limitsOf({ check }: Checking): typeof COMPOSED_LIMITS {
  return check.kindOf ? FILTER_LIMITS : COMPOSED_LIMITS;
}

export function deeper(checking: Checking, depth: number, at: string): number {
  const limits = limitsOf(checking);
  if (depth >= limits.depth) {
    throw new InvalidFilter(at, `conditions nest at most ${limits.depth} deep`);
  }
  return depth + 1;
}

export function countCondition(checking: Checking, at: string): void {
  checking.conditions += 1;
  const limits = limitsOf(checking);
  if (checking.conditions > limits.conditions) {
    throw new InvalidFilter(at, `a filter has at most ${limits.conditions} conditions`);
  }
}
