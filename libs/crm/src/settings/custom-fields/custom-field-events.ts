import type { DomainEvent } from '../../kernel/event.js';
import { defineEvent } from '../../kernel/event-definition.js';
import type { RecordType } from '../../record/record-type.js';
import type { SettingChange } from '../parts/changes.js';
import type { CustomFieldDefinition } from '../settings.js';

export type CustomFieldDefined = DomainEvent<
  'CustomFieldDefined',
  {
    readonly definition: CustomFieldDefinition;
    /** Set when a conversion carried it over, or a merge did. */
    readonly conversionId?: string;
    readonly mergeId?: string;
  }
>;
export type CustomFieldEdited = DomainEvent<
  'CustomFieldEdited',
  {
    readonly recordType: RecordType;
    readonly key: string;
    readonly changes: readonly SettingChange[];
  }
>;
export type CustomFieldRetired = DomainEvent<
  'CustomFieldRetired',
  { readonly recordType: RecordType; readonly key: string }
>;

export type CustomFieldEvent = CustomFieldDefined | CustomFieldEdited | CustomFieldRetired;

export const CUSTOM_FIELD_EVENTS = [
  defineEvent('CustomFieldDefined', 'A custom field was added to a record type.'),
  defineEvent('CustomFieldEdited', 'A custom field got another label, options or requirement.'),
  defineEvent('CustomFieldRetired', 'A custom field takes no new values.'),
] as const;
