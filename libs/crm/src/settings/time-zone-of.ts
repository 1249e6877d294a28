import type { Settings } from './settings.js';

const DEFAULT_TIME_ZONE = 'Asia/Ho_Chi_Minh';

/** The installation's time zone, IANA: whose days are counted. */
export function timeZoneOf(_settings: Settings): string {
  return DEFAULT_TIME_ZONE;
}
