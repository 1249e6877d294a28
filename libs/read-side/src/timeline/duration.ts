import type { Locale } from '#crm';

const MINUTE = 60_000;
const UNITS = [
  { ms: 24 * 60 * MINUTE, en: 'day', vi: 'ngày' },
  { ms: 60 * MINUTE, en: 'hour', vi: 'giờ' },
  { ms: MINUTE, en: 'minute', vi: 'phút' },
] as const;

/** A length of time in its two largest units: `3 days 4 hours`, `3 ngày 4 giờ`. */
export function formatDuration(ms: number, locale: Locale): string {
  const first = UNITS.findIndex((unit) => ms >= unit.ms);
  if (first < 0) return locale === 'vi' ? 'chưa đến một phút' : 'less than a minute';
  let rest = ms;
  const parts: string[] = [];
  for (const unit of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    if (count === 0) continue;
    const plural = locale === 'en' && count !== 1 ? 's' : '';
    parts.push(`${count} ${unit[locale]}${plural}`);
  }
  return parts.join(' ');
}
