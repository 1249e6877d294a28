import type { Decider } from '../kernel/decider.js';
import { isPhoneRegion } from '../matching/phone-key.js';
import { fieldOf } from '../record/catalogue.js';
import { sameValue } from '../record/field.js';
import { RECORD_TYPES } from '../record/record-type.js';
import { isCurrency } from '../record/values/currency.js';
import { InputReading } from '../record/values/input-reading.js';
import { changesBetween } from './changes.js';
import { decideCustomField } from './decide-custom-field.js';
import { decidePipeline } from './decide-pipeline.js';
import { evolveSettings } from './evolve-settings.js';
import { readFieldNames } from './read-stage.js';
import { NO_SETTINGS, type Settings } from './settings.js';
import type { ChangeGeneral, SetRequiredFields, SettingsCommand } from './settings-commands.js';
import type { SettingsEvent } from './settings-events.js';

/**
 * Decides a change of settings (PRODUCT.md P7). What is already so decides nothing.
 * @throws Refusal with the paths of what is wrong
 */
export function decideSettings(
  settings: Settings,
  command: SettingsCommand,
): readonly SettingsEvent[] {
  switch (command.kind) {
    case 'define-custom-field':
    case 'edit-custom-field':
    case 'retire-custom-field':
      return decideCustomField(settings, command);
    case 'set-required-fields':
      return setRequiredFields(settings, command);
    case 'change-general':
      return changeGeneral(settings, command);
    default:
      return decidePipeline(settings, command);
  }
}

/** The settings as a decider over their one stream, `SETTINGS_STREAM`. */
export const settingsDecider: Decider<Settings, SettingsCommand, SettingsEvent> = {
  initial: () => NO_SETTINGS,
  decide: decideSettings,
  evolve: evolveSettings,
};

function setRequiredFields(
  settings: Settings,
  { recordType, fields }: SetRequiredFields,
): readonly SettingsEvent[] {
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

function changeGeneral(settings: Settings, command: ChangeGeneral): readonly SettingsEvent[] {
  const from = { phoneRegion: settings.phoneRegion, currency: settings.currency };
  const to = {
    phoneRegion: command.phoneRegion ?? from.phoneRegion,
    currency: command.currency ?? from.currency,
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
  reading.finish();
  const changes = changesBetween(from, to);
  return changes.length === 0 ? [] : [{ type: 'GeneralSettingsChanged', data: { changes } }];
}
