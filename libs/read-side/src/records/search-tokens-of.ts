import type { FieldValue, FieldValues, RecordType } from '#crm';
import { searchTokens } from '#read-store';

/** PRODUCT.md P5: names, e-mails, phones, organisations; and what people quote to each other, codes. */
const SEARCHED: Readonly<Record<RecordType, readonly string[]>> = {
  lead: ['familyName', 'givenName', 'email', 'otherEmails', 'phones', 'organisation', 'externalId'],
  opportunity: ['name', 'email', 'phones', 'externalId'],
  contact: ['familyName', 'givenName', 'email', 'otherEmails', 'phones', 'externalId'],
  account: ['name', 'taxCode', 'email', 'phones', 'website', 'externalId'],
};

/** What the search finds a record by. */
export function searchTokensOf(type: RecordType, fields: FieldValues): readonly string[] {
  return searchTokens(SEARCHED[type].flatMap((name) => textsOf(fields[name])));
}

function textsOf(value: FieldValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
