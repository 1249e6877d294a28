import type { DomainEvent } from '../../kernel/event.js';
import { defineEvent } from '../../kernel/event-definition.js';
import type { RecordType } from '../../record/record-type.js';
import type { SettingChange } from '../parts/changes.js';

export type RequiredFieldsChanged = DomainEvent<
  'RequiredFieldsChanged',
  {
    readonly recordType: RecordType;
    readonly from: readonly string[];
    readonly to: readonly string[];
  }
>;
export type GeneralSettingsChanged = DomainEvent<
  'GeneralSettingsChanged',
  { readonly changes: readonly SettingChange[] }
>;

export type GeneralEvent = RequiredFieldsChanged | GeneralSettingsChanged;

export const GENERAL_EVENTS = [
  defineEvent('RequiredFieldsChanged', 'Other default fields of a record type became required.'),
  defineEvent('GeneralSettingsChanged', 'The default phone region, currency or time zone changed.'),
] as const;
