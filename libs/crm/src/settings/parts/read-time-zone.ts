import { isTimeZone } from '../../kernel/zoned-time.js';
import type { InputReading } from '../../record/values/input-reading.js';

/** A time zone by its name in the IANA database. A bare offset such as `+07:00` is none: it knows no summer time. */
export function readTimeZone(reading: InputReading, raw: unknown, path: string): string {
  if (typeof raw === 'string' && /^[A-Za-z]/.test(raw) && isTimeZone(raw)) return raw;
  const message = 'This is not a time zone such as Asia/Ho_Chi_Minh.';
  reading.refuse(path, 'unknown_time_zone', message);
  return '';
}
