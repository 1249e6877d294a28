import { type Random, randomFrom } from './random.js';
import { spellOtherwise, spellPhone, withoutDiacritics } from './spelling.js';
import {
  FAMILY_NAMES,
  type Gender,
  GIVEN_NAMES,
  JOB_TITLES,
  LEGAL_FORMS,
  MIDDLE_NAMES,
  MOBILE_PREFIXES,
  NEEDS,
  ORGANISATION_WORDS,
  PRODUCTS,
  PROVINCES,
  type Province,
  SOURCES,
  STREETS,
  TAGS,
} from './vietnamese.js';

/** A lead as the API takes it. */
export interface DemoLead {
  readonly familyName: string;
  readonly givenName: string;
  readonly title: string;
  readonly email?: string;
  readonly phones?: readonly string[];
  readonly organisation?: string;
  readonly jobTitle?: string;
  readonly address: { readonly [part: string]: string };
  readonly source: string;
  readonly products: readonly string[];
  readonly need: string;
  readonly tags: readonly string[];
  readonly externalId: string;
  readonly occurredAt: string;
}

export type DuplicateKind = 'email' | 'phone' | 'name' | 'organisation';

export interface GeneratedLead {
  readonly lead: DemoLead;
  readonly team: Province['team'];
  /** Set when it repeats an earlier one: which, and by what one can tell. */
  readonly repeats?: { readonly index: number; readonly by: DuplicateKind };
}

/** How many leads repeat an earlier one. */
const REPEATED = 0.08;
/** The half-year in which the demo's leads came. Fixed, so that the same seed gives the same leads at any time. */
const FIRST_DAY = Date.UTC(2025, 0, 1);
const SPAN_MS = 180 * 86_400_000;

/** Leads as a seller of cameras in Vietnam might get them: the same for the same seed and count. */
export function generateLeads(seed: number, count: number): readonly GeneratedLead[] {
  const random = randomFrom(seed);
  const leads: GeneratedLead[] = [];
  for (let index = 0; index < count; index++) {
    const fresh = freshLead(random, seed, index, count);
    const repeated =
      index >= 10 && random.chance(REPEATED) ? repeat(fresh, leads, random) : undefined;
    leads.push(repeated ?? fresh);
  }
  return leads;
}

function freshLead(random: Random, seed: number, index: number, count: number): GeneratedLead {
  const gender: Gender = random.chance(0.5) ? 'female' : 'male';
  const family = random.weighted(FAMILY_NAMES);
  const middle = random.weighted(MIDDLE_NAMES[gender]);
  const givenName = random.pick(GIVEN_NAMES[gender]);
  const familyName = middle === '' ? family : `${family} ${middle}`;
  const place = random.weighted(PROVINCES.map((province) => [province, province.weight] as const));
  const organisation = random.chance(0.55) ? organisationName(random) : undefined;
  const email = random.chance(0.7) ? emailOf(familyName, givenName, index) : undefined;
  const phone = email === undefined || random.chance(0.8) ? mobile(random) : undefined;
  const products = [random.pick(PRODUCTS), ...(random.chance(0.3) ? [random.pick(PRODUCTS)] : [])];
  const lead: DemoLead = {
    ...{ familyName, givenName, title: gender === 'female' ? 'Chị' : 'Anh' },
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phones: [phone] }),
    ...(organisation !== undefined && { organisation, jobTitle: random.pick(JOB_TITLES) }),
    address: {
      street: `${1 + random.below(300)} ${random.pick(STREETS)}`,
      district: random.pick(place.districts),
      city: place.city,
      country: 'VN',
    },
    source: random.weighted(SOURCES),
    products: [...new Set(products)],
    need: random.pick(NEEDS),
    tags: TAGS.filter(() => random.chance(0.12)),
    externalId: `DEMO-${seed}-${index + 1}`,
    occurredAt: arrival(random, index, count),
  };
  return { lead, team: place.team };
}

/** Leads come in order, during the day. */
function arrival(random: Random, index: number, count: number): string {
  const day = FIRST_DAY + Math.floor((index / count) * SPAN_MS);
  const atMs = day - (day % 86_400_000) + 3_600_000 + random.below(9 * 3_600_000);
  return new Date(atMs).toISOString();
}

function emailOf(familyName: string, givenName: string, index: number): string {
  const name = withoutDiacritics(`${givenName}.${familyName.split(' ')[0]}`).toLowerCase();
  return `${name}${index + 1}@${index % 3 === 0 ? 'mail.example.vn' : 'example.com'}`;
}

function mobile(random: Random): string {
  const rest = String(random.below(10_000_000)).padStart(7, '0');
  return spellPhone(`${random.weighted(MOBILE_PREFIXES)}${rest}`, random);
}

function organisationName(random: Random): string {
  const words = ORGANISATION_WORDS.map((some) => random.pick(some)).filter((word) => word !== '');
  return `${random.pick(LEGAL_FORMS)} ${words.join(' ')}`;
}

/** Somebody who wrote before and is taken for new, with what tells that it is the same one. */
function repeat(
  fresh: GeneratedLead,
  before: readonly GeneratedLead[],
  random: Random,
): GeneratedLead | undefined {
  const index = random.below(before.length);
  const earlier = before[index];
  if (!earlier || earlier.repeats) return undefined;
  const told = tellings(earlier.lead, random);
  if (told.length === 0) return undefined;
  const [by, values] = random.pick(told);
  return { ...fresh, lead: { ...fresh.lead, ...values }, repeats: { index, by } };
}

function tellings(
  { email, phones, familyName, givenName, organisation }: DemoLead,
  random: Random,
): readonly (readonly [DuplicateKind, Partial<DemoLead>])[] {
  const [phone] = phones ?? [];
  const names = { familyName, givenName };
  const plain = {
    familyName: withoutDiacritics(familyName),
    givenName: withoutDiacritics(givenName),
  };
  return [
    ...(email === undefined ? [] : [['email', { ...names, email: email.toUpperCase() }] as const]),
    ...(phone === undefined
      ? []
      : [['phone', { ...names, phones: [spellOtherwise(phone, random)] }] as const]),
    ...(plain.familyName === familyName && plain.givenName === givenName
      ? []
      : [['name', plain] as const]),
    ...(organisation === undefined
      ? []
      : [['organisation', { organisation: otherForm(organisation, random) }] as const]),
  ];
}

function otherForm(organisation: string, random: Random): string {
  // The longer form first: one begins with another.
  const own = [...LEGAL_FORMS]
    .sort((left, right) => right.length - left.length)
    .find((form) => organisation.startsWith(`${form} `));
  if (own === undefined) return organisation;
  const other = random.pick(LEGAL_FORMS.filter((form) => form !== own));
  return `${other}${organisation.slice(own.length)}`;
}
