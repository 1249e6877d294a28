import type { FieldValues, RecordType } from '#crm';
import { type Random, randomFrom } from '../../apps/cli/src/demo/random.js';
import { accountRecord } from './companies/account.js';
import { type Company, makeCompany } from './companies/company.js';
import { organisationDisturbances } from './companies/disturb-company.js';
import { disturb } from './disturbance.js';
import { NAME_DISTURBANCES } from './people/disturb-name.js';
import { REACH_DISTURBANCES } from './people/disturb-reach.js';
import { draftOf, type PersonDraft } from './people/draft.js';
import { zipf } from './people/names.js';
import { makePerson, makeRelative, type Person } from './people/person.js';

/** A record with what nobody who finds it knows: whose it is. */
export interface KnownRecord {
  readonly fields: FieldValues;
  /** Number of the person or the company. Records with the same one are of the same. */
  readonly truth: number;
  readonly disturbances: readonly string[];
}

export type DataSet = Readonly<
  Record<Extract<RecordType, 'lead' | 'contact' | 'account'>, readonly KnownRecord[]>
>;

/** A relative of somebody who is known already. */
const RELATIVES = 0.04;
/** Works for a company in the set. */
const EMPLOYED = 0.55;

const PERSON_DISTURBANCES = [
  ...NAME_DISTURBANCES,
  ...REACH_DISTURBANCES,
  ...organisationDisturbances<PersonDraft, Person>(
    ({ organisation }) => organisation,
    (draft, organisation) => ({ ...draft, organisation }),
    ({ company }) => company,
  ),
];

/** Records of so many people as leads, of as many others as contacts, and of their companies: the same for the same seed and size. */
export function makeDataSet(seed: number, people: number): DataSet {
  const random = randomFrom(seed);
  const names = new Set<string>();
  const companies = Array.from({ length: Math.ceil(people / 4) }, () => makeCompany(names, random));
  return {
    lead: records(makePeople(people, companies, random), leadRecord, random),
    contact: records(makePeople(people, companies, random), contactRecord, random),
    account: records(companies, accountRecord, random),
  };
}

function makePeople(count: number, companies: readonly Company[], random: Random) {
  const people: Person[] = [];
  const taken = new Set<string>();
  while (people.length < count) {
    const known = people[random.below(people.length)];
    if (known && random.chance(RELATIVES)) people.push(makeRelative(known, taken, random));
    else
      people.push(
        makePerson(random.chance(EMPLOYED) ? zipf(companies, random) : undefined, taken, random),
      );
  }
  return people;
}

type Recorded = Omit<KnownRecord, 'truth'>;

/** One to four records of each, of which the first is mostly well written. */
function records<Truth>(
  truths: readonly Truth[],
  write: (truth: Truth, disturbances: number, random: Random) => Recorded,
  random: Random,
): readonly KnownRecord[] {
  return truths.flatMap((one, truth) => {
    const count = random.weighted([
      [1, 55],
      [2, 28],
      [3, 11],
      [4, 6],
    ] as const);
    return Array.from({ length: count }, (_, at) => {
      const disturbances = at === 0 ? random.pick([0, 0, 0, 1]) : 1 + random.below(3);
      return { ...write(one, disturbances, random), truth };
    });
  });
}

function leadRecord(person: Person, count: number, random: Random): Recorded {
  const whole = draftOf(person, random);
  const { draft, disturbances } = disturb(
    whole,
    person,
    { count, of: PERSON_DISTURBANCES },
    random,
  );
  const { phone, ...others } = draft;
  return { fields: { ...others, ...(phone !== undefined && { phones: [phone] }) }, disturbances };
}

/** A contact bears no organisation's name: its account tells it. */
function contactRecord(person: Person, count: number, random: Random): Recorded {
  const { fields, disturbances } = leadRecord(person, count, random);
  const { organisation: _organisation, ...others } = fields;
  return {
    fields: others,
    disturbances: disturbances.filter((name) => !name.startsWith('organisation')),
  };
}
