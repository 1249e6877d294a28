import type { FieldError } from '../kernel/refusal.js';
import { refuseInvalid } from '../kernel/refusal.js';
import { isTimeZone } from '../kernel/zoned-time.js';
import type { RecordType } from '../record/record-type.js';
import { isCurrency } from '../record/values/currency.js';
import type { Settings } from '../settings/settings.js';
import { dateParser } from './cells/date-format.js';
import {
  type CellFormat,
  DELIMITERS,
  type ImportMapping,
  type ImportOptions,
  isColumn,
} from './import-mapping.js';
import { targetsOf } from './import-targets.js';

/**
 * Refuses a mapping and options that no file could be read by.
 * @throws Refusal `invalid_fields` naming the targets and options
 */
export function refuseUnreadable(
  type: RecordType,
  mapping: ImportMapping | undefined,
  options: ImportOptions,
  settings: Settings,
): void {
  const targets = new Set(targetsOf(type, settings).map(({ name }) => name));
  const errors: FieldError[] = formatErrors(options, 'options');
  const refuse = (path: string, code: string, message: string) =>
    errors.push({ path: path.slice(0, 200), code, message });
  for (const [target, source] of Object.entries(mapping ?? {})) {
    const path = `mapping.${target}`;
    if (!targets.has(target)) refuse(path, 'unknown_field', `A ${type} has no such field.`);
    const given = isColumn(source) ? source.column : source.value;
    if (given.trim() === '') refuse(path, 'required', 'Name a column, or give a value.');
    errors.push(...formatErrors(source, path));
  }
  if (mapping && Object.keys(mapping).length === 0) {
    refuse('mapping', 'required', 'Map at least one field.');
  }
  for (const [one, other] of [
    ['owner', 'ownerId'],
    ['team', 'teamId'],
  ] as const) {
    if (mapping?.[one] && mapping[other]) {
      refuse(`mapping.${one}`, 'ambiguous', `Map ${one} or ${other}, not both.`);
    }
  }
  const { delimiter, key } = options;
  if (delimiter !== undefined && !DELIMITERS.includes(delimiter)) {
    refuse('options.delimiter', 'invalid_delimiter', 'This is a comma, a semicolon or a tab.');
  }
  if (key !== undefined && (mapping ? !Object.hasOwn(mapping, key) : !targets.has(key))) {
    refuse('options.key', 'not_mapped', 'The key must be one of the mapped fields.');
  }
  refuseInvalid(errors);
}

function formatErrors(format: CellFormat, path: string): FieldError[] {
  const { dateFormat, timeZone, currency, factor, separator } = format;
  const errors: FieldError[] = [];
  const refuseUnless = (fine: boolean, member: string, code: string, message: string) => {
    if (!fine) errors.push({ path: `${path}.${member}`.slice(0, 200), code, message });
  };
  refuseUnless(
    dateFormat === undefined || dateParser(dateFormat) !== undefined,
    'dateFormat',
    'invalid_date_format',
    'This is not a form with year, month and day such as M/d/yyyy.',
  );
  refuseUnless(
    timeZone === undefined || isTimeZone(timeZone),
    'timeZone',
    'unknown_time_zone',
    'This is not a time zone such as Asia/Ho_Chi_Minh.',
  );
  refuseUnless(
    currency === undefined || isCurrency(currency),
    'currency',
    'invalid_currency',
    'This is not an ISO 4217 currency code such as VND.',
  );
  refuseUnless(
    factor === undefined || (Number.isInteger(factor) && factor >= 1 && factor <= 1_000_000),
    'factor',
    'invalid_factor',
    'This is a whole number from 1 to 1,000,000.',
  );
  refuseUnless(separator !== '', 'separator', 'required', 'This is at least one character.');
  return errors;
}
