import type { CustomFieldDefinition, Settings } from '../../settings/settings.js';
import type { FieldType, FieldValue } from '../field.js';
import { readAddress } from './address.js';
import { multiSelectReader, readBoolean, selectReader } from './choice.js';
import { readDate } from './date.js';
import { readEmail } from './email.js';
import { readId } from './id.js';
import { VALUE_LIMITS } from './limits.js';
import { listReader } from './list.js';
import { moneyReader } from './money.js';
import { readNumber, readPercent } from './number.js';
import { readPhone } from './phone.js';
import type { Reader } from './reading.js';
import { readLongText, readText } from './text.js';
import { readUrl } from './url.js';

const READERS: Readonly<Record<Exclude<FieldType, 'money'>, Reader<FieldValue>>> = {
  text: readText,
  longText: readLongText,
  email: readEmail,
  url: readUrl,
  date: readDate,
  texts: listReader(readText, VALUE_LIMITS.textEntries),
  emails: listReader(readEmail, VALUE_LIMITS.listEntries),
  phones: listReader(readPhone, VALUE_LIMITS.listEntries),
  percent: readPercent,
  address: readAddress,
  record: readId,
};

/** The reader of a default field's type. */
export function readerOf(type: FieldType, settings: Settings): Reader<FieldValue> {
  return type === 'money' ? moneyReader(settings.currency) : READERS[type];
}

/** The reader of a custom field. */
export function customReaderOf(
  { type, options }: Pick<CustomFieldDefinition, 'type' | 'options'>,
  settings: Settings,
): Reader<FieldValue> {
  switch (type) {
    case 'text':
      return readText;
    case 'number':
      return readNumber;
    case 'money':
      return moneyReader(settings.currency);
    case 'date':
      return readDate;
    case 'select':
      return selectReader(options);
    case 'multi-select':
      return multiSelectReader(options);
    case 'boolean':
      return readBoolean;
    case 'user':
      return readId;
  }
}
