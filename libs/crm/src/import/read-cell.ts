import { parseInstant } from '../kernel/instant.js';
import type { Json } from '../kernel/json.js';
import type { FieldError } from '../kernel/refusal.js';
import { instantIn } from '../kernel/zoned-time.js';
import { foldCase } from '../matching/fold-case.js';
import type { Settings } from '../settings/settings.js';
import { dateParser, dayOf } from './cells/date-format.js';
import { parseDecimal, timesExactly, toNumber } from './cells/decimal.js';
import { type CellFormat, FALSE_WORDS, TRUE_WORDS } from './import-mapping.js';
import type { TargetKind } from './import-targets.js';

/** Turns a cell that is not empty into a raw value, as a caller of the API would have sent it. */
export type CellReader = (text: string, path: string) => CellValue;
export type CellValue =
  | { readonly value: Json; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: FieldError };

/** Users and teams by what a file calls them. */
export interface NameLookups {
  /** By id, e-mail or full name. */
  user(text: string): string | 'ambiguous' | undefined;
  /** By id or name. */
  team(text: string): string | 'ambiguous' | undefined;
}

/** Between a list's entries when nothing else was said. */
const LIST_SEPARATOR = /[;\r\n]/;

/** The reader of a target's cells. What the values may be is then for the domain's own readers. */
export function cellReader(
  kind: TargetKind,
  format: CellFormat,
  lookups: NameLookups,
  settings: Settings,
): CellReader {
  switch (kind) {
    case 'texts':
    case 'emails':
    case 'phones':
    case 'tags':
    case 'multi-select':
      return listOf(format.separator ?? LIST_SEPARATOR);
    case 'number':
    case 'percent':
      return numberIn(format, kind === 'percent');
    case 'money':
      return moneyIn(format, settings);
    case 'date':
      return dateIn(format);
    case 'instant':
      return instantWritten(format);
    case 'boolean':
      return booleanIn(format);
    case 'owner':
    case 'user':
      return named(lookups.user, 'user');
    case 'team':
      return named(lookups.team, 'team');
    default:
      return (text) => ({ value: text });
  }
}

function listOf(separator: string | RegExp): CellReader {
  return (text) => ({
    value: text
      .split(separator)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  });
}

function numberIn({ decimal = '.' }: CellFormat, percent: boolean): CellReader {
  return (text, path) => {
    const number = parseDecimal(percent ? text.trim().replace(/\s*%$/, '') : text, decimal);
    return number
      ? { value: toNumber(number) }
      : wrong(path, 'invalid_number', `This is not a number such as 1234${decimal}5.`);
  };
}

function moneyIn({ decimal = '.', currency, factor }: CellFormat, settings: Settings): CellReader {
  const unit = currency ?? settings.currency;
  const times = factor ?? minorUnits(unit);
  return (text, path) => {
    const number = parseDecimal(text, decimal);
    if (!number) {
      return wrong(path, 'invalid_number', `This is not an amount such as 1234${decimal}5.`);
    }
    const amount = timesExactly(number, times);
    if (amount === undefined) {
      return wrong(path, 'invalid_amount', 'This is no whole number of minor units.');
    }
    return { value: { amount, currency: unit } };
  };
}

function minorUnits(currency: string): number {
  const { maximumFractionDigits = 0 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return 10 ** maximumFractionDigits;
}

function dateIn({ dateFormat }: CellFormat): CellReader {
  const parse = dateParser(dateFormat);
  return (text, path) => {
    const written = parse?.(text.trim());
    return written ? { value: dayOf(written) } : wrong(path, 'invalid_date', notIn(dateFormat));
  };
}

function instantWritten({ dateFormat, timeZone = 'UTC' }: CellFormat): CellReader {
  const parse = dateParser(dateFormat);
  return (text, path) => {
    const exact = dateFormat === undefined ? parseInstant(text.trim()) : undefined;
    if (exact !== undefined) return { value: exact };
    const written = parse?.(text.trim());
    return written
      ? { value: instantIn(timeZone, written) }
      : wrong(path, 'invalid_instant', notIn(dateFormat));
  };
}

function notIn(dateFormat: string | undefined): string {
  return `This is not a date in the form ${dateFormat ?? 'yyyy-MM-dd'}.`;
}

function booleanIn({ trueWords = TRUE_WORDS, falseWords = FALSE_WORDS }: CellFormat): CellReader {
  const words = new Map<string, boolean>([
    ...falseWords.map((word) => [foldCase(word.trim()), false] as const),
    ...trueWords.map((word) => [foldCase(word.trim()), true] as const),
  ]);
  return (text, path) => {
    const value = words.get(foldCase(text.trim()));
    return value === undefined
      ? wrong(path, 'invalid_boolean', 'This is none of the words for yes or no.')
      : { value };
  };
}

function named(find: (text: string) => string | undefined, what: 'user' | 'team'): CellReader {
  return (text, path) => {
    const id = find(text.trim());
    if (id === undefined) {
      return wrong(path, `unknown_${what}`, `There is no such active ${what}.`);
    }
    if (id === 'ambiguous') {
      return wrong(path, `ambiguous_${what}`, `Several ${what}s go by this name.`);
    }
    return { value: id };
  };
}

function wrong(path: string, code: string, message: string): CellValue {
  return { error: { path, code, message } };
}
