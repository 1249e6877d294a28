import type { Instant } from '../../kernel/ids.js';
import type { WrittenMoment } from './date-format.js';

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
export function instantIn(zone: string, written: WrittenMoment): Instant {
  const { year, month, day, hour, minute, second } = written;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  const early = shown - offsetAt(zone, shown - 86_400_000);
  const late = shown - offsetAt(zone, shown + 86_400_000);
  const fitting = [early, late].filter((at) => at + offsetAt(zone, at) === shown);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(early, late)).toISOString();
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
