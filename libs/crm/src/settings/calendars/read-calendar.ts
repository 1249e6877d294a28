import { readDate } from '../../record/values/date.js';
import type { InputReading } from '../../record/values/input-reading.js';
import { isJsonObject } from '../../record/values/reading.js';
import { readList, refuseRepeated } from '../parts/read-parts.js';
import type { Calendar, Holiday, Weekday, WorkingSpan } from './calendar.js';

/** Most spans of a day, and most holidays of a calendar. */
export const CALENDAR_LIMITS = { spans: 10, holidays: 500 } as const;

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Working hours by weekday; days without any are left out. A week without any is refused: time allowed would never end. */
export function readHours(
  reading: InputReading,
  raw: Calendar['hours'],
  path: string,
): Calendar['hours'] {
  if (!isJsonObject(raw)) {
    reading.refuse(path, 'wrong_type', 'This must be an object of weekdays 1 to 7.');
    return {};
  }
  for (const day of Object.keys(raw)) {
    const known = WEEKDAYS.some((weekday) => String(weekday) === day);
    const message = 'Weekdays are 1 (Monday) to 7 (Sunday).';
    reading.refuseUnless(known, `${path}.${day}`, 'unknown_field', message);
  }
  const given = WEEKDAYS.filter((day) => raw[day] !== undefined);
  const days = given.map((day) => [day, raw[day] ?? []] as const);
  const anything = days.some(([, spans]) => !Array.isArray(spans) || spans.length > 0);
  reading.refuseUnless(anything, path, 'no_working_time', 'A week needs some working hours.');
  const read = days.map(
    ([day, spans]) => [day, readSpans(reading, spans, `${path}.${day}`)] as const,
  );
  return Object.fromEntries(read.filter(([, spans]) => spans.length > 0));
}

function readSpans(
  reading: InputReading,
  raw: readonly WorkingSpan[],
  path: string,
): readonly WorkingSpan[] {
  const spans = readList(reading, raw, path, CALENDAR_LIMITS.spans).map((span, index) => ({
    ...readSpan(reading, span, `${path}.${index}`),
    index,
  }));
  const inOrder = spans.toSorted((one, other) => one.from.localeCompare(other.from, 'en'));
  for (const [place, { from, index }] of inOrder.entries()) {
    const before = inOrder[place - 1];
    const apart = before === undefined || from === '' || before.to <= from;
    const message = 'This begins before the span that precedes it has ended.';
    reading.refuseUnless(apart, `${path}.${index}.from`, 'overlapping_hours', message);
  }
  return inOrder.map(({ from, to }) => ({ from, to }));
}

/** Texts of this form compare as the times that they are. */
function readSpan(reading: InputReading, raw: WorkingSpan, path: string): WorkingSpan {
  const [from, to] = (['from', 'to'] as const).map((end) => {
    const time: unknown = isJsonObject(raw) ? raw[end] : undefined;
    if (typeof time === 'string' && TIME.test(time)) return time;
    reading.refuse(`${path}.${end}`, 'invalid_time', 'This is not a time such as 08:30.');
    return '';
  });
  if (!from || !to) return { from: '', to: '' };
  reading.refuseUnless(from < to, `${path}.to`, 'out_of_range', 'This must be after `from`.');
  return { from, to };
}

/** Holidays by date, each once. */
export function readHolidays(
  reading: InputReading,
  raw: readonly Holiday[],
  path: string,
): readonly Holiday[] {
  const holidays = readList(reading, raw, path, CALENDAR_LIMITS.holidays).map((holiday, index) => ({
    date: reading.required(readDate, holiday?.date, `${path}.${index}.date`, ''),
    name: reading.name(holiday?.name, `${path}.${index}.name`),
  }));
  refuseRepeated(
    reading,
    holidays.map(({ date }) => date),
    (index) => `${path}.${index}.date`,
    'duplicate_date',
    'This day is a holiday already.',
  );
  return holidays.toSorted((one, other) => one.date.localeCompare(other.date, 'en'));
}
