import type { Instant } from '../kernel/ids.js';
import { offsetAt } from '../kernel/zoned-time.js';
import type { Calendar, Weekday, WorkingSpan } from '../settings/calendars/calendar.js';
import { minutesOf } from '../settings/calendars/working-week.js';

/** From inclusive, to exclusive, in ms since 1970. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** How far the clocks of any place are from UTC. */
const FURTHEST_AHEAD = 14 * 60 * MINUTE;
const FURTHEST_BEHIND = 12 * 60 * MINUTE;
/**
 * Days that are looked through. Ten years suffice for what the settings take (`working-week.ts`), and as long again for holidays that fall
 * into the working hours of a few.
 */
const MOST_DAYS = 21 * 366;
/** Days whose spans are kept for each calendar. */
const KEPT_DAYS = 1_000;

/**
 * The moment when so many minutes of working time have gone by since `from`. It is never in free time: time that ends with a span
 * ends there, not where the next one begins. A day on which clocks are moved is shorter or longer.
 * @param minutes more than 0
 * @returns undefined where the calendar has no working time, or next to none
 */
export function addWorkingTime(
  from: Instant,
  minutes: number,
  calendar: Calendar,
): Instant | undefined {
  if (!Object.values(calendar.hours).some((spans) => spans.length > 0)) return undefined;
  const since = Date.parse(from);
  const days = daysOf(calendar);
  let left = minutes * MINUTE;
  // Days by their number since 1970, as the calendar's clocks show it.
  const first = Math.floor((since + offsetAt(calendar.timeZone, since)) / DAY);
  for (let day = first; day < first + MOST_DAYS; day++) {
    for (const span of days(day)) {
      const start = Math.max(span.from, since);
      if (start >= span.to) continue;
      if (left <= span.to - start) return new Date(start + left).toISOString();
      left -= span.to - start;
    }
  }
  return undefined;
}

type Days = (day: number) => readonly Span[];

const known = new WeakMap<Calendar, Days>();

/** The spans of a calendar's days. Deadlines are mostly set for the same few days, and time zones are slow to ask. */
function daysOf(calendar: Calendar): Days {
  const ready = known.get(calendar);
  if (ready) return ready;
  const holidays = new Set(calendar.holidays.map(({ date }) => date));
  const kept = new Map<number, readonly Span[]>();
  const days: Days = (day) => {
    const spans = calendar.hours[weekdayOf(day)] ?? [];
    if (spans.length === 0 || holidays.has(dateOf(day))) return [];
    const found = kept.get(day) ?? spansOn(day, spans, calendar.timeZone);
    if (kept.size < KEPT_DAYS) kept.set(day, found);
    return found;
  };
  known.set(calendar, days);
  return days;
}

/** Clocks are ahead of UTC by the same all the while. */
interface Stretch extends Span {
  readonly ahead: number;
}

/** The moments of a day at which clocks show a time within a span: an hour that comes twice counts twice, one left out not at all. */
function spansOn(day: number, spans: readonly WorkingSpan[], timeZone: string): readonly Span[] {
  return stretchesOf(day, timeZone).flatMap(({ from, to, ahead }) =>
    spans
      .map((span) => ({
        from: Math.max(from, shownAs(day, span.from) - ahead),
        to: Math.min(to, shownAs(day, span.to) - ahead),
      }))
      .filter((part) => part.from < part.to),
  );
}

/** `HH:MM` of a day as if it were UTC; 24:00 is the next day's 00:00. */
function shownAs(day: number, time: string): number {
  return day * DAY + minutesOf(time) * MINUTE;
}

/** The time that a day can fall into anywhere on Earth, parted where clocks are moved. */
function stretchesOf(day: number, timeZone: string): readonly Stretch[] {
  const from = day * DAY - FURTHEST_AHEAD;
  const to = (day + 1) * DAY + FURTHEST_BEHIND;
  const [before, after] = [offsetAt(timeZone, from), offsetAt(timeZone, to)];
  if (before === after) return [{ from, to, ahead: before }];
  let [last, moved] = [from, to];
  while (moved - last > 1) {
    const middle = Math.floor((last + moved) / 2);
    if (offsetAt(timeZone, middle) === before) last = middle;
    else moved = middle;
  }
  return [
    { from, to: moved, ahead: before },
    { from: moved, to, ahead: after },
  ];
}

function weekdayOf(day: number): Weekday {
  // 1 January 1970 was a Thursday.
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
