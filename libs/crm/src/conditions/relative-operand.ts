import type { Instant } from '../kernel/ids.js';
import { later } from '../kernel/instant.js';
import { addDays, dateIn, startOfDay } from '../kernel/zoned-time.js';
import { InvalidFilter } from './invalid-filter.js';

/** What operands relative to now are resolved against. */
export interface RelativeTo {
  readonly now: Instant;
  /** IANA: whose days are counted. */
  readonly timeZone: string;
}

/** Furthest from now: a hundred years. */
const RELATIVE_LIMITS = { days: 36_500, hours: 876_000 } as const;

const HOUR_MS = 3_600_000;

/** Whether an operand is meant to be relative to now: an object that names an operator. */
export function isRelative(operand: unknown): operand is Record<string, unknown> {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) return false;
  return Object.keys(operand).some((key) => key.startsWith('$'));
}

/** Days of a time zone take a while to find. */
const found = new WeakMap<RelativeTo, Map<string, string>>();

/**
 * The operand as a plain one: a day of the time zone for a `date`, a moment for an `instant`, which of a day is its beginning.
 * @throws InvalidFilter the operand is not in the language
 */
export function resolveOperand(
  operand: Readonly<Record<string, unknown>>,
  kind: 'date' | 'instant',
  relativeTo: RelativeTo,
  at: string,
): string {
  const [operator = '', ...others] = Object.keys(operand);
  if (others.length > 0) throw new InvalidFilter(at, 'it names one operator relative to now');
  const value = operand[operator];
  checkRelative(operator, value, `${at}.${operator}`);
  let known = found.get(relativeTo);
  if (!known) {
    known = new Map();
    found.set(relativeTo, known);
  }
  const key = `${kind} ${operator} ${value}`;
  const resolved = known.get(key) ?? resolve(operator, Number(value), kind, relativeTo);
  known.set(key, resolved);
  return resolved;
}

const MOST: ReadonlyMap<string, number> = new Map([
  ['$daysAgo', RELATIVE_LIMITS.days],
  ['$daysAhead', RELATIVE_LIMITS.days],
  ['$hoursAgo', RELATIVE_LIMITS.hours],
]);

function checkRelative(operator: string, value: unknown, at: string): void {
  if (operator === '$now') {
    if (value !== true) throw new InvalidFilter(at, 'it must be true');
    return;
  }
  const most = MOST.get(operator);
  if (most === undefined) {
    throw new InvalidFilter(at, 'it is none of $daysAgo, $daysAhead, $hoursAgo and $now');
  }
  if (!Number.isInteger(value) || Number(value) < 0 || Number(value) > most) {
    throw new InvalidFilter(at, `it must be a whole number from 0 to ${most}`);
  }
}

function resolve(
  operator: string,
  value: number,
  kind: 'date' | 'instant',
  { now, timeZone }: RelativeTo,
): string {
  if (operator === '$daysAgo' || operator === '$daysAhead') {
    const day = addDays(dateIn(timeZone, now), operator === '$daysAgo' ? -value : value);
    return kind === 'date' ? day : startOfDay(timeZone, day);
  }
  const hours = operator === '$hoursAgo' ? value : 0;
  const moment = later(now, -hours * HOUR_MS);
  return kind === 'date' ? dateIn(timeZone, moment) : moment;
}
