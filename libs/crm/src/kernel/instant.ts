import type { Instant } from './ids.js';

const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](\d{2}):(\d{2}))$/;

/** True for a day that the Gregorian calendar has. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  return (
    month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  );
}

/**
 * A moment as callers write it: ISO 8601 with an offset, e.g. `2026-03-01T16:30:00+07:00`, in the years 1900 to 2200 of UTC.
 * The answer is UTC with milliseconds; finer fractions are cut off. Anything else is `undefined`: nothing is guessed.
 */
export function parseInstant(raw: unknown): Instant | undefined {
  if (typeof raw !== 'string') return undefined;
  const [, year, month, day, hour, minute, second, offsetHour, offsetMinute] =
    ISO_8601.exec(raw)?.map((part) => Number(part ?? 0)) ?? [];
  const inRange =
    isCalendarDate(year ?? 0, month ?? 0, day ?? 0) &&
    (hour ?? 24) <= 23 &&
    (minute ?? 60) <= 59 &&
    (second ?? 0) <= 59 &&
    (offsetHour ?? 0) <= 14 &&
    (offsetMinute ?? 0) <= 59;
  if (!inRange) return undefined;
  const moment = new Date(raw.replace(/(\.\d{3})\d+/, '$1'));
  const utcYear = moment.getUTCFullYear();
  return utcYear >= 1900 && utcYear <= 2200 ? moment.toISOString() : undefined;
}

/** The moment so many ms after another; before it when they are negative. */
export function later(moment: Instant, ms: number): Instant {
  return new Date(Date.parse(moment) + ms).toISOString();
}
