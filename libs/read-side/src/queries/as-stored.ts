import { type Filter, InvalidFilter, isCalendarDate, type Json, parseInstant } from '#crm';

/** Members of documents that are moments; texts compare as they stand there. */
const MOMENTS: ReadonlySet<string> = new Set([
  'createdAt',
  'updatedAt',
  'stageSince',
  'closedAt',
  'dueAt',
]);
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * A checked filter with its texts as documents have them: composed (NFC), and moments in UTC with milliseconds, whatever
 * offset and precision they were written with. A day alone stands for its beginning.
 * @throws InvalidFilter naming a text that is compared with a moment and is none
 */
export function asStored(filter: Filter): Filter {
  return walk(filter, '', false) as Filter;
}

function walk(value: Json, at: string, moment: boolean): Json {
  if (typeof value === 'string') return moment ? momentAt(value, at) : value.normalize('NFC');
  if (typeof value !== 'object' || value === null) return value;
  const below = (key: string) => (at === '' ? key : `${at}.${key}`);
  if (Array.isArray(value)) {
    return value.map((element: Json, index) => walk(element, below(String(index)), moment));
  }
  const entries = Object.entries(value).map(([key, inner]) => {
    const isMoment = key.startsWith('$') ? moment && key !== '$regex' : MOMENTS.has(key);
    return [key, inner === undefined ? inner : walk(inner, below(key), isMoment)];
  });
  return Object.fromEntries(entries);
}

function momentAt(text: string, at: string): string {
  const [, year = 0, month = 0, day = 0] = DAY.exec(text)?.map(Number) ?? [];
  if (isCalendarDate(year, month, day)) return text;
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new InvalidFilter(at, 'it must be a moment such as 2026-03-01T09:30:00Z, or a day');
}
