import {
  domainKey,
  emailKey,
  type FieldValue,
  type FieldValues,
  organisationKey,
  phoneKey,
  weakOrganisationKey,
  weakPersonNameKey,
} from '#crm';
import { withoutDiacritics } from '../../../apps/cli/src/demo/spelling.js';

export type TriedKey = (fields: FieldValues) => string | undefined;

/** Weak keys of people that were tried and left, since they find little that others do not, or much that is wrong. */
export const TRIED_FOR_PEOPLE: Readonly<Record<string, TriedKey>> = {
  'family and given name': (fields) => all(inOrder(fields)[0], given(fields)),
  'name without Thi, Van': (fields) =>
    name(fields)
      ?.split(' ')
      .filter((word) => !/^(?:thi|van)$/.test(word))
      .join(' '),
  'consonants of the name': (fields) => name(fields)?.replace(/[aeiouy]/g, ''),
  'given name, last 4 digits of the phone': (fields) =>
    all(given(fields), phone(fields)?.slice(-4)),
  'given name, last 6 digits of the phone': (fields) =>
    all(given(fields), phone(fields)?.slice(-6)),
  'last 7 digits of the phone': (fields) => phone(fields)?.slice(-7),
  'phone without its extension': phone,
  'mailbox without its domain': mailbox,
  'given name, letters of the mailbox': (fields) =>
    all(given(fields), mailbox(fields)?.replace(/\d/g, '')),
  domain: domain,
  'given name, domain': (fields) => all(given(fields), domain(fields)),
  'organisation without diacritics': (fields) => plain(organisationKey(text(fields.organisation))),
  'organisation as accounts have it': (fields) => weakOrganisationKey(text(fields.organisation)),
  'given name, organisation': (fields) =>
    all(given(fields), plain(organisationKey(text(fields.organisation)))),
};

/** The same of accounts. */
export const TRIED_FOR_ACCOUNTS: Readonly<Record<string, TriedKey>> = {
  'name without diacritics': ({ name: called }) => plain(organisationKey(text(called))),
  'name without lines of business': ({ name: called }) =>
    weakOrganisationKey(text(called))?.replace(/-.*/, ''),
};

function text(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function plain(key: string | undefined): string | undefined {
  return key && withoutDiacritics(key);
}

/** What a person is called, in the order of the fields. */
function inOrder({ familyName, givenName }: FieldValues): readonly string[] {
  const whole = `${text(familyName)} ${text(givenName)}`;
  return withoutDiacritics(whole)
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function given(fields: FieldValues): string | undefined {
  return inOrder(fields).at(-1);
}

function name({ familyName, givenName }: FieldValues): string | undefined {
  return weakPersonNameKey(text(familyName), text(givenName));
}

function phone({ phones }: FieldValues): string | undefined {
  const [first] = Array.isArray(phones) ? phones : [];
  return typeof first === 'string' ? phoneKey(first, 'VN')?.replace(/;.*/, '') : undefined;
}

function mailbox({ email }: FieldValues): string | undefined {
  return emailKey(text(email))
    ?.replace(/[+@].*/, '')
    .replace(/[^a-z0-9]/g, '');
}

function domain({ email }: FieldValues): string | undefined {
  return domainKey(text(email));
}

/** One key of several parts, where all are there. */
function all(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part) ? parts.join(' ') : undefined;
}
