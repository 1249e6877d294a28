import type { Random } from '../../../apps/cli/src/demo/random.js';
import { mailboxOf } from '../companies/company.js';
import { wellWritten } from '../companies/spell-company.js';
import { withExtension } from '../phones.js';
import type { Person } from './person.js';

/** A person's record before it is a lead or a contact. */
export interface PersonDraft {
  readonly familyName?: string;
  readonly givenName?: string;
  readonly email?: string;
  /** National, digits only until spelled. */
  readonly phone?: string;
  readonly organisation?: string;
}

/** What one record tells of a person, as it is: which of their mailboxes and telephones, and what is left out. */
export function draftOf({ name, company, ...person }: Person, random: Random): PersonDraft {
  const email = random.weighted([
    [person.personalEmail, 52],
    [person.workEmail, person.workEmail ? 25 : 0],
    [company && mailboxOf(company, random), company ? 4 : 0],
    [undefined, 20],
  ] as const);
  const phone = random.weighted([
    [person.mobile, 72],
    [person.otherPhone, 6],
    [company?.switchboard, company ? 4 : 0],
    [company && withExtension(company.switchboard, person.extension, random), company ? 4 : 0],
    [undefined, 12],
  ] as const);
  const reached = email ?? phone ?? person.mobile;
  return {
    familyName: [name.family, name.middle].filter((word) => word !== '').join(' '),
    givenName: name.given,
    ...(email !== undefined && { email }),
    ...((phone !== undefined || reached === person.mobile) && { phone: phone ?? person.mobile }),
    ...(company && random.chance(0.65) && { organisation: wellWritten(company, random) }),
  };
}
