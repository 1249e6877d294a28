import type { LeadState } from '../lead/lead.js';
import { fieldOf } from '../record/catalogue.js';
import type { Change } from '../record/change.js';
import { changesTo } from '../record/decide-record.js';
import { type FieldValue, type FieldValues, isEmptyValue } from '../record/field.js';
import type { RecordState } from '../record/record-state.js';
import type { Overwrite } from './conversion-request.js';

/** The e-mail without case, display name or stray space, for telling one address from another. */
function address(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

/**
 * The changes that bring an existing record up to date with what a lead carries: empty fields are filled, lists are
 * united, and a value that differs stays unless it is to be overwritten. An e-mail that differs is kept among the others.
 */
export function updatesFrom(
  existing: RecordState,
  carried: { readonly fields: FieldValues; readonly custom: FieldValues },
  overwrite: Overwrite = false,
): readonly Change[] {
  const replaces = (path: string) =>
    overwrite === true || (Array.isArray(overwrite) && overwrite.includes(path));
  const fields: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(carried.fields)) {
    fields[name] = united(existing, name, value, replaces(name));
  }
  const custom: Record<string, FieldValue> = {};
  for (const [key, value] of Object.entries(carried.custom)) {
    const current = existing.custom[key];
    custom[key] = current === undefined || replaces(`custom.${key}`) ? value : current;
  }
  return changesTo(existing, { fields: withOtherEmail(existing, fields, carried.fields), custom });
}

function united(
  existing: RecordState,
  name: string,
  value: FieldValue,
  replaces: boolean,
): FieldValue {
  const current = existing.fields[name];
  if (current === undefined || isEmptyValue(current)) return value;
  const list = ['emails', 'phones', 'texts'].includes(fieldOf(existing.type, name)?.type ?? '');
  if (list && Array.isArray(current) && Array.isArray(value)) {
    const additional = value.filter((item) => !current.some((kept) => alike(kept, item)));
    return [...current, ...additional];
  }
  return replaces ? value : current;
}

/** Phones and e-mails are alike by their digits or letters, however they are spelt. */
function alike(left: string, right: string): boolean {
  const plain = (text: string) =>
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\s().-]/g, '');
  return plain(left) === plain(right);
}

function withOtherEmail(
  existing: RecordState,
  fields: Readonly<Record<string, FieldValue>>,
  carried: FieldValues,
): Readonly<Record<string, FieldValue>> {
  const known = [
    fields.email,
    ...((fields.otherEmails ?? existing.fields.otherEmails ?? []) as readonly string[]),
  ].map(address);
  const mail = carried.email;
  if (typeof mail !== 'string' || known.includes(address(mail))) return fields;
  if (!fieldOf(existing.type, 'otherEmails')) return fields;
  const others = (fields.otherEmails ?? existing.fields.otherEmails ?? []) as readonly string[];
  return { ...fields, otherEmails: [...others, mail] };
}

/** The tags that the lead has and the record lacks. */
export function tagsToAdd(lead: LeadState, existing: RecordState): readonly string[] {
  return lead.tags.filter((tag) => !existing.tags.includes(tag));
}
