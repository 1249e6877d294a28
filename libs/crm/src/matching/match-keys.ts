import type { FieldValue, FieldValues } from '../record/field.js';
import type { RecordType } from '../record/record-type.js';
import type { CustomFieldDefinition, Settings } from '../settings/settings.js';
import { domainKey } from './domain-key.js';
import { emailKey, weakFormOfEmail } from './email-key.js';
import { foldCase, foldSpacing } from './fold-case.js';
import { keyText, type MatchKey, type MatchKind } from './match-key.js';
import { personNameKey, weakFormOfName } from './name-key.js';
import { organisationKey } from './organisation-key.js';
import { phoneKey } from './phone-key.js';
import { taxCodeKey, weakFormOfTaxCode } from './tax-code-key.js';
import { weakFormOfOrganisation } from './weak-organisation-key.js';

export interface MatchedValues {
  readonly fields: FieldValues;
  readonly custom: FieldValues;
}

type Strength = MatchKey['strength'];
type Add = (kind: MatchKind, value: string | undefined, strength: Strength) => void;

/** All keys of a record, each once, in a fixed order. */
export function matchKeys(
  recordType: RecordType,
  { fields, custom }: MatchedValues,
  settings: Settings,
): readonly MatchKey[] {
  const keys = new Map<string, MatchKey>();
  const add: Add = (kind, value, strength) => {
    if (value === undefined) return;
    const key = { kind, value, strength };
    keys.set(keyText(key), key);
  };
  for (const email of texts(fields.email)) addEmail(email, add);
  for (const email of texts(fields.otherEmails)) addEmail(email, add);
  for (const phone of texts(fields.phones)) {
    add('phone', phoneKey(phone, settings.phoneRegion), 'strong');
  }
  if (recordType === 'lead' || recordType === 'contact') addPerson(fields, add);
  if (recordType === 'lead') addLeadsOrganisation(fields, add);
  if (recordType === 'account') addAccount(fields, add);
  addCustom(recordType, custom, settings, add);
  return [...keys.values()];
}

function addEmail(email: string, add: Add): void {
  const key = emailKey(email);
  if (key === undefined) return;
  add('email', key, 'strong');
  add('email', weakFormOfEmail(key), 'weak');
}

function addPerson(fields: FieldValues, add: Add): void {
  const [family] = texts(fields.familyName);
  const [given] = texts(fields.givenName);
  const key = personNameKey(family, given);
  if (key === undefined) return;
  add('name', key, 'strong');
  add('name', weakFormOfName(key), 'weak');
}

/** Without the weak key, which would add over a hundred pairs of colleagues for each pair that is of one person. */
function addLeadsOrganisation(fields: FieldValues, add: Add): void {
  for (const name of texts(fields.organisation)) {
    add('organisation', organisationKey(name), 'strong');
  }
}

function addAccount(fields: FieldValues, add: Add): void {
  for (const name of texts(fields.name)) {
    const key = organisationKey(name);
    if (key === undefined) continue;
    add('organisation', key, 'strong');
    add('organisation', weakFormOfOrganisation(key), 'weak');
  }
  for (const code of texts(fields.taxCode)) {
    const key = taxCodeKey(code);
    if (key === undefined) continue;
    add('tax-code', key, 'strong');
    add('tax-code', weakFormOfTaxCode(key), 'weak');
  }
  for (const place of texts(fields.website)) add('domain', domainKey(place), 'weak');
  for (const place of texts(fields.email)) add('domain', domainKey(place), 'weak');
}

function addCustom(
  recordType: RecordType,
  custom: FieldValues,
  { customFields }: Settings,
  add: Add,
): void {
  for (const field of customFields) {
    if (field.recordType !== recordType || !field.matchKey || field.retired) continue;
    add(`custom.${field.key}`, customKey(field, custom), 'strong');
  }
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

/** The texts of a value, whatever it is: an erased or older event may hold another shape. */
function texts(value: FieldValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
