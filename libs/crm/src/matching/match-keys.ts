import type { FieldValue, FieldValues } from '../record/field.js';
import type { RecordType } from '../record/record-type.js';
import type { CustomFieldDefinition, Settings } from '../settings/settings.js';
import { emailKey } from './email-key.js';
import { foldCase, foldSpacing } from './fold-case.js';
import { keyText, type MatchKey, type MatchKind } from './match-key.js';
import { personNameKey, weakPersonNameKey } from './name-key.js';
import { organisationKey } from './organisation-key.js';
import { phoneKey } from './phone-key.js';
import { taxCodeKey } from './tax-code-key.js';

export interface MatchedValues {
  readonly fields: FieldValues;
  readonly custom: FieldValues;
}

/** All keys of a record, each once, in a fixed order. */
export function matchKeys(
  recordType: RecordType,
  { fields, custom }: MatchedValues,
  settings: Settings,
): readonly MatchKey[] {
  const emails = [fields.email, fields.otherEmails].flatMap(texts);
  const keys = [
    ...emails.flatMap((email) => strong('email', emailKey(email))),
    ...texts(fields.phones).flatMap((phone) =>
      strong('phone', phoneKey(phone, settings.phoneRegion)),
    ),
    ...nameKeys(recordType, fields),
    ...customKeys(recordType, custom, settings),
  ];
  return [...new Map(keys.map((key) => [keyText(key), key])).values()];
}

function nameKeys(recordType: RecordType, fields: FieldValues): readonly MatchKey[] {
  switch (recordType) {
    case 'lead':
      return [...personKeys(fields), ...organisation(fields.organisation)];
    case 'contact':
      return personKeys(fields);
    case 'account':
      return [
        ...organisation(fields.name),
        ...texts(fields.taxCode).flatMap((code) => strong('tax-code', taxCodeKey(code))),
      ];
    case 'opportunity':
      return [];
  }
}

function personKeys(fields: FieldValues): readonly MatchKey[] {
  const [family] = texts(fields.familyName);
  const [given] = texts(fields.givenName);
  const weak = weakPersonNameKey(family, given);
  return [
    ...strong('name', personNameKey(family, given)),
    ...(weak === undefined ? [] : [{ kind: 'name', value: weak, strength: 'weak' } as const]),
  ];
}

function organisation(name: FieldValue | undefined): readonly MatchKey[] {
  return texts(name).flatMap((text) => strong('organisation', organisationKey(text)));
}

function customKeys(
  recordType: RecordType,
  custom: FieldValues,
  { customFields }: Settings,
): readonly MatchKey[] {
  return customFields
    .filter((field) => field.recordType === recordType && field.matchKey && !field.retired)
    .flatMap((field) => strong(`custom.${field.key}`, customKey(field, custom)));
}

function customKey({ key }: CustomFieldDefinition, custom: FieldValues): string | undefined {
  const value = Object.hasOwn(custom, key) ? custom[key] : undefined;
  if (typeof value === 'string') return foldCase(foldSpacing(value)) || undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    return (
      value
        .map((entry) => foldCase(foldSpacing(entry)))
        .sort()
        .join('\n') || undefined
    );
  }
  return value && 'amount' in value ? `${value.amount} ${value.currency}` : undefined;
}

function strong(kind: MatchKind, value: string | undefined): readonly MatchKey[] {
  return value === undefined ? [] : [{ kind, value, strength: 'strong' }];
}

/** The texts of a value, whatever it is: an erased or older event may hold another shape. */
function texts(value: FieldValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
