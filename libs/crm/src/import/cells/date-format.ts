import { isCalendarDate } from '../../kernel/instant.js';
import type { LocalTime } from '../../kernel/zoned-time.js';

/** Reads what a text says, as written: no time zone is applied. */
export type DateParser = (text: string) => LocalTime | undefined;

const TOKEN = /yyyy|yy|MM?|dd?|HH?|hh?|mm?|ss?|a|'[^']*'/g;
const PATTERN: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<halfHour>\\d{2})',
  h: '(?<halfHour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{2})',
  s: '(?<second>\\d{1,2})',
  a: '(?<half>[AaPp][Mm])',
};

/** The form that is read unless another is given: a day, and perhaps a time. */
const ISO = "yyyy-MM-dd'T'HH:mm:ss";
const ISO_LIKE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/**
 * A parser for a form such as `M/d/yyyy` or `dd.MM.yyyy HH:mm` (`a` is AM or PM with `h`; text in single quotes stands for
 * itself; of `yy`, 70 and later are 19yy). Undefined when the form lacks year, month or day, or names one twice.
 * Without a form: `2026-03-01`, `2026-03-01 16:30`.
 */
export function dateParser(format: string | undefined): DateParser | undefined {
  if (format === undefined) {
    const iso = parserOf(ISO);
    return (text) => {
      const [, day, time = '00:00', second = '00'] = ISO_LIKE.exec(text) ?? [];
      return day === undefined ? undefined : iso?.(`${day}T${time}:${second}`);
    };
  }
  return format.length > 40 ? undefined : parserOf(format);
}

function parserOf(format: string): DateParser | undefined {
  const names: string[] = [];
  let pattern = '';
  let end = 0;
  for (const { 0: token, index } of format.matchAll(TOKEN)) {
    const literal = format.slice(end, index);
    if (/[A-Za-z]/.test(literal)) return undefined;
    pattern += escaped(literal);
    const part = PATTERN[token];
    pattern += part ?? escaped(token.slice(1, -1));
    if (part) names.push(/<(\w+)>/.exec(part)?.[1] ?? '');
    end = index + token.length;
  }
  if (/[A-Za-z]/.test(format.slice(end))) return undefined;
  const has = (name: string) => names.includes(name);
  const dated = has('year') !== has('shortYear') && has('month') && has('day');
  const timed = has('halfHour') === has('half') && !(has('hour') && has('halfHour'));
  if (!dated || !timed || new Set(names).size !== names.length) return undefined;
  const compiled = new RegExp(`^${pattern}${escaped(format.slice(end))}$`);
  return (text) => {
    const groups = compiled.exec(text)?.groups;
    return groups && momentOf(groups);
  };
}

function momentOf(groups: Readonly<Record<string, string | undefined>>): LocalTime | undefined {
  const number = (name: string) => Number(groups[name] ?? 0);
  const short = groups.shortYear === undefined ? undefined : number('shortYear');
  const year = short === undefined ? number('year') : short + (short < 70 ? 2000 : 1900);
  const half = groups.halfHour === undefined ? undefined : number('halfHour');
  if (half !== undefined && (half < 1 || half > 12)) return undefined;
  const afternoon = groups.half?.toLowerCase() === 'pm';
  const hour = half === undefined ? number('hour') : (half % 12) + (afternoon ? 12 : 0);
  const [month, day, minute, second] = ['month', 'day', 'minute', 'second'].map(number) as [
    number,
    number,
    number,
    number,
  ];
  const fine =
    year >= 1900 &&
    year <= 2200 &&
    isCalendarDate(year, month, day) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  return fine ? { year, month, day, hour, minute, second } : undefined;
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/ /g, '\\s');
}

/** The day as `YYYY-MM-DD`. */
export function dayOf({ year, month, day }: LocalTime): string {
  return [String(year).padStart(4, '0'), two(month), two(day)].join('-');
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
