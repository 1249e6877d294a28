import { isCalendarDate } from '../../kernel/instant.js';
import { VALUE_LIMITS } from './limits.js';
import { accepted, type Reader, rejected } from './reading.js';
import { textReader } from './text.js';

const readLine = textReader({ max: VALUE_LIMITS.text });
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day of the calendar as YYYY-MM-DD. */
export const readDate: Reader<string> = (raw, path) => {
  const line = readLine(raw, path);
  if (line.errors || line.value === null) return line;
  const [, year, month, day] = DATE.exec(line.value)?.map(Number) ?? [];
  const { min, max } = VALUE_LIMITS.year;
  if (year && month && day && year >= min && year <= max && isCalendarDate(year, month, day)) {
    return accepted(line.value);
  }
  return rejected(path, 'invalid_date', `This is not a date YYYY-MM-DD from ${min} to ${max}.`);
};
