import type { FieldValue } from '../record/field.js';
import type { RecordState } from '../record/record-state.js';
import { refOf } from '../record/record-type.js';
import { entryKey } from './alike.js';
import type { FieldOutlook } from './combine-fields.js';
import { missingFrom } from './lives-on.js';
import type { LostValue } from './merge-plan.js';

/** Fields with e-mail addresses: an address in one of them is in the other too. */
const EMAIL_FIELDS: ReadonlySet<string> = new Set(['email', 'otherEmails']);

/**
 * The values that are nowhere in what a merge comes to, each with the record it was in (PRODUCT.md P3: they stay readable, marked with
 * where they came from). Of a list, the entries that are nowhere.
 */
export function lostValues(
  survivor: RecordState,
  others: readonly RecordState[],
  outlooks: readonly FieldOutlook[],
  phoneRegion: string,
): readonly LostValue[] {
  const results = new Map(outlooks.map((outlook) => [outlook.field, outlook]));
  const emails = emailsIn(results, phoneRegion);
  const lost = (field: string, value: FieldValue): FieldValue | undefined => {
    const outlook = results.get(field);
    const missing = outlook
      ? missingFrom(outlook.value, value, outlook.definition, phoneRegion)
      : value;
    return missing !== undefined && EMAIL_FIELDS.has(field)
      ? notAmong(emails, missing, phoneRegion)
      : missing;
  };
  return [survivor, ...others].flatMap((state) =>
    valuesOf(state)
      // A field of the survivor that takes no part, such as a retired one, stays as it is.
      .filter(([field]) => state !== survivor || results.has(field))
      .flatMap(([field, value]) => {
        const missing = lost(field, value);
        return missing === undefined ? [] : [{ record: refOf(state), field, value: missing }];
      }),
  );
}

function emailsIn(
  results: ReadonlyMap<string, FieldOutlook>,
  phoneRegion: string,
): ReadonlySet<string> {
  const all = [...EMAIL_FIELDS].flatMap((field) => results.get(field)?.value ?? []);
  return new Set(all.map((email) => entryKey('email', String(email), phoneRegion)));
}

function notAmong(
  emails: ReadonlySet<string>,
  value: FieldValue,
  phoneRegion: string,
): FieldValue | undefined {
  const isThere = (email: string) => emails.has(entryKey('email', email, phoneRegion));
  if (typeof value === 'string') return isThere(value) ? undefined : value;
  if (!Array.isArray(value)) return value;
  const missing = value.filter((email) => !isThere(email));
  return missing.length === 0 ? undefined : missing;
}

function valuesOf({ fields, custom }: RecordState): readonly (readonly [string, FieldValue])[] {
  return [
    ...Object.entries(fields),
    ...Object.entries(custom).map(([key, value]) => [`custom.${key}`, value] as const),
  ];
}
