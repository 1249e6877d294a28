import type { Instant } from '../kernel/ids.js';
import { addDays, dateIn, instantIn } from '../kernel/zoned-time.js';

/** The first moment after `at` at which the clocks of the zone show the hour; where they leave it out, what they show instead. */
export function nextDigest(at: Instant, hour: number, timeZone: string): Instant {
  const today = dateIn(timeZone, at);
  for (let days = 0; ; days += 1) {
    const [year = 0, month = 1, day = 1] = addDays(today, days).split('-').map(Number);
    const moment = instantIn(timeZone, { year, month, day, hour, minute: 0, second: 0 });
    if (moment > at) return moment;
  }
}
