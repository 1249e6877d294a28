import type { Instant } from '../kernel/ids.js';
import { addDays, dateIn, startOfDay } from '../kernel/zoned-time.js';
import { InvalidFilter } from './invalid-filter.js';

/** What operands relative to now are resolved against. */
export interface RelativeTo {
  readonly now: Instant;
  /** IANA: whose days are counted. */
  readonly timeZone: string;
}

/** Furthest from now: a hundred years. */
export const RELATIVE_LIMITS = { days: 36_500, hours: 876_000 } as const;

const HOUR_MS = 3_600_000;

/** Whether an operand is meant to be relative to now: an object that names an operator. */
export function isRelative(operand: unknown): operand is Record<string, unknown> {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) return false;
  return Object.keys(operand).some((key) => key.startsWith('$'));
}

/**
 * The operand as a plain one: a day of the time zone for a `date`, a moment for an `instant`, which of a day is its beginning.
 * @throws InvalidFilter the operand is not in the language
 */
export function resolveOperand(
  operand: Readonly<Record<string, unknown>>,
  kind: 'date' | 'instant',
  { now, timeZone }: RelativeTo,
  at: string,
): string {
  const [operator = '', ...others] = Object.keys(operand);
  if (others.length > 0) throw new InvalidFilter(at, 'it names one operator relative to now');
  const path = `${at}.${operator}`;
  const value = operand[operator];
  const today = () => dateIn(timeZone, now);
  const day = (date: string) => (kind === 'date' ? date : startOfDay(timeZone, date));
  const moment = (instant: Instant) => (kind === 'date' ? dateIn(timeZone, instant) : instant);
  switch (operator) {
    case '$daysAgo':
      return day(addDays(today(), -whole(value, RELATIVE_LIMITS.days, path)));
    case '$daysAhead':
      return day(addDays(today(), whole(value, RELATIVE_LIMITS.days, path)));
    case '$hoursAgo': {
      const ms = whole(value, RELATIVE_LIMITS.hours, path) * HOUR_MS;
      return moment(new Date(Date.parse(now) - ms).toISOString());
    }
    case '$now':
      if (value !== true) throw new InvalidFilter(path, 'it must be true');
      return moment(now);
    default:
      throw new InvalidFilter(path, 'it is none of $daysAgo, $daysAhead, $hoursAgo and $now');
  }
}

function whole(value: unknown, most: number, at: string): number {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most) return Number(value);
  throw new InvalidFilter(at, `it must be a whole number from 0 to ${most}`);
}
