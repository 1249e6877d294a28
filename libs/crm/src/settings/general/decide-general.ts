import { isPhoneRegion } from '../../matching/phone-key.js';
import { fieldOf } from '../../record/catalogue.js';
import { sameValue } from '../../record/field.js';
import { RECORD_TYPES } from '../../record/record-type.js';
import { isCurrency } from '../../record/values/currency.js';
import { InputReading } from '../../record/values/input-reading.js';
import { changesBetween } from '../parts/changes.js';
import { readFieldNames } from '../parts/read-field-names.js';
import { readTimeZone } from '../parts/read-time-zone.js';
import type { Settings } from '../settings.js';
import type { ChangeGeneral, GeneralCommand, SetRequiredFields } from './general-commands.js';
import type { GeneralEvent } from './general-events.js';

/** Decides which default fields are required, and what holds for all (PRODUCT.md P7). */
export function decideGeneral(
  settings: Settings,
  command: GeneralCommand,
): readonly GeneralEvent[] {
  return command.kind === 'change-general'
    ? changeGeneral(settings, command)
    : setRequiredFields(settings, command);
}

function setRequiredFields(
  settings: Settings,
  { recordType, fields }: SetRequiredFields,
): readonly GeneralEvent[] {
  const reading = new InputReading();
  if (!RECORD_TYPES.includes(recordType)) {
    const message = `This is one of: ${RECORD_TYPES.join(', ')}.`;
    reading.refuse('recordType', 'unknown_record_type', message);
    reading.finish();
  }
  const isField = (name: string) => fieldOf(recordType, name) !== undefined;
  const to = readFieldNames(reading, fields, 'fields', isField);
  reading.finish();
  const from = settings.requiredFields[recordType];
  return sameValue([...from].sort(), [...to].sort())
    ? []
    : [{ type: 'RequiredFieldsChanged', data: { recordType, from, to } }];
}

function changeGeneral(settings: Settings, command: ChangeGeneral): readonly GeneralEvent[] {
  const { phoneRegion, currency, timeZone } = settings;
  const from = { phoneRegion, currency, timeZone };
  const to = {
    phoneRegion: command.phoneRegion ?? phoneRegion,
    currency: command.currency ?? currency,
    timeZone: command.timeZone ?? timeZone,
  };
  const reading = new InputReading();
  reading.refuseUnless(
    isPhoneRegion(to.phoneRegion),
    'phoneRegion',
    'invalid_region',
    'This is not an ISO 3166-1 country code such as VN.',
  );
  reading.refuseUnless(
    isCurrency(to.currency),
    'currency',
    'invalid_currency',
    'This is not an ISO 4217 currency code such as VND.',
  );
  readTimeZone(reading, to.timeZone, 'timeZone');
  reading.finish();
  const changes = changesBetween(from, to);
  return changes.length === 0 ? [] : [{ type: 'GeneralSettingsChanged', data: { changes } }];
}
