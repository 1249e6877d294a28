import * as fc from 'fast-check';
import type { Calendar, WorkingSpan } from '../settings/calendars/calendar.js';
import { addWorkingTime } from './working-time.js';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Ho_Chi_Minh',
  'Australia/Lord_Howe',
  'Africa/Cairo',
];

/** Minutes of a day as `HH:MM`. */
function clock(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Up to three spans of a day, in order, without overlap. */
const spans = fc
  .uniqueArray(fc.nat(96), { maxLength: 6 })
  .map((quarters) => quarters.sort((left, right) => left - right))
  .map((bounds) =>
    Array.from({ length: Math.floor(bounds.length / 2) }, (_, index): WorkingSpan => {
      const [from = 0, to = 0] = bounds.slice(index * 2, index * 2 + 2);
      return { from: clock(from * 15), to: clock(to * 15) };
    }),
  );

/** Days around the moving of clocks in all of the zones. */
const dates = fc
  .tuple(
    fc.constantFrom(
      '2026-03-07',
      '2026-03-28',
      '2026-04-04',
      '2026-04-23',
      '2026-10-24',
      '2026-10-31',
    ),
    fc.integer({ min: -3, max: 4 }),
  )
  .map(([date, days]) => Date.parse(date) + days * 86_400_000);
const moments = fc
  .tuple(dates, fc.nat(86_399_999))
  .map(([day, ms]) => new Date(day + ms).toISOString());

const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    week: fc.array(spans, { minLength: 7, maxLength: 7 }).filter((week) => week.flat().length > 0),
    holidays: fc.array(dates, { maxLength: 3 }),
  })
  .map(({ timeZone, week, holidays }) => ({
    ...{ id: 'c', name: 'Giờ làm việc', timeZone, retired: false },
    hours: Object.fromEntries(week.map((day, index) => [index + 1, day])),
    holidays: holidays.map((day) => ({
      date: new Date(day).toISOString().slice(0, 10),
      name: 'Nghỉ',
    })),
  }));
const minutes = fc.integer({ min: 1, max: 3_000 });

/** Whether the calendar's clocks show working time just before the moment, as anybody would read it off them. */
function isWorking({ timeZone, hours, holidays }: Calendar, moment: string): boolean {
  const before = Date.parse(moment) - 1;
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(before);
  const [date = '', time = ''] = shown.split(' ');
  if (holidays.some((holiday) => holiday.date === date)) return false;
  const weekday = new Date(date).getUTCDay() || 7;
  const spansThen = hours[weekday as 1] ?? [];
  return spansThen.some(({ from, to }) => from <= time && time.slice(0, 5) < to);
}

const add = (from: string, count: number, calendar: Calendar) =>
  addWorkingTime(from, count, calendar) ?? 'never';

describe('working time', () => {
  it('ends later for whoever starts later, and for whoever needs longer', () => {
    fc.assert(
      fc.property(calendars, moments, moments, minutes, minutes, (calendar, a, b, m, n) => {
        const [early, late] = [a, b].sort() as [string, string];
        expect(add(early, m, calendar) <= add(late, m, calendar)).toBe(true);
        expect(add(a, m, calendar) < add(a, m + n, calendar)).toBe(true);
      }),
    );
  });

  it('is the same in one go and in two', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, minutes, (calendar, from, m, n) => {
        expect(add(add(from, m, calendar), n, calendar)).toBe(add(from, m + n, calendar));
      }),
    );
  });

  it('never ends in free time', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, (calendar, from, m) => {
        expect(isWorking(calendar, add(from, m, calendar))).toBe(true);
      }),
    );
  });

  it('is not shorter than time on a clock', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, (calendar, from, m) => {
        const gone = Date.parse(add(from, m, calendar)) - Date.parse(from);
        expect(gone).toBeGreaterThanOrEqual(m * 60_000);
      }),
    );
  });
});
