import type { Instant } from './ids.js';

/** What the clocks of a place show, to the second; months from 1. Without a time zone it is no moment yet. */
export type LocalTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

const clocks = new Map<string, Intl.DateTimeFormat>();

/** True for a time zone of the IANA database, such as `Asia/Ho_Chi_Minh`. */
export function isTimeZone(name: string): boolean {
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/** When the clocks of the zone show this. Of an hour that comes twice, the first; an hour that is left out counts on. */
export function instantIn(zone: string, written: LocalTime): Instant {
  const { year, month, day, hour, minute, second } = written;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  const early = shown - offsetAt(zone, shown - 86_400_000);
  const late = shown - offsetAt(zone, shown + 86_400_000);
  const fitting = [early, late].filter((at) => at + offsetAt(zone, at) === shown);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(early, late)).toISOString();
}

/** The day that it is in the zone at a moment: `YYYY-MM-DD`. */
export function dateIn(zone: string, at: Instant): string {
  const moment = Date.parse(at);
  return new Date(moment + offsetAt(zone, moment)).toISOString().slice(0, 10);
}

/** The day so many days later, or earlier when negative. Days are `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** When the day begins in the zone; where the clocks leave midnight out, at the first moment that they show. */
export function startOfDay(zone: string, date: string): Instant {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return instantIn(zone, { year, month, day, hour: 0, minute: 0, second: 0 });
}

/** How far the zone's clocks are ahead of UTC at a moment (ms since 1970), in milliseconds. */
export function offsetAt(zone: string, at: number): number {
  const parts = clockOf(zone).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(at / 1_000) * 1_000;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, clock);
  return clock;
}
