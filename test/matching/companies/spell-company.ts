import type { Random } from '../../../apps/cli/src/demo/random.js';
import { withoutDiacritics } from '../../../apps/cli/src/demo/spelling.js';
import type { Company } from './company.js';
import {
  JOINT_STOCK,
  JOINT_STOCK_ENGLISH,
  LIMITED,
  LIMITED_ENGLISH,
  LIMITED_IN_FULL,
  RARE_ENGLISH,
} from './words.js';

/** As most write it: a Vietnamese legal form in front, the lines of business in full. */
export function wellWritten(company: Company, random: Random): string {
  return inVietnamese(company, form(company, random), false);
}

export function otherForm(company: Company, random: Random): string {
  const ways = [...LIMITED_IN_FULL, ...LIMITED];
  if (random.chance(0.3)) return `${nameOf(company)} ${random.pick(['JSC', 'CTCP', 'Co., Ltd'])}`;
  return inVietnamese(
    company,
    company.jointStock ? form(company, random) : random.pick(ways),
    false,
  );
}

export function withoutForm(company: Company): string {
  return nameOf(company);
}

/** `Cty TNHH TM DV Minh Phát`, the lines of business joined in one of several ways. */
export function abbreviated(company: Company, random: Random): string {
  const name = inVietnamese(company, form(company, random), true);
  return random.chance(0.5)
    ? name
    : name.replace(/\b(TM|SX) /u, random.pick(['$1&', '$1-', '$1 và ']));
}

/** `Minh Phat Trading Service Co., Ltd`. */
export function inEnglish(company: Company, random: Random): string {
  const forms = company.jointStock ? JOINT_STOCK_ENGLISH : LIMITED_ENGLISH;
  const words = company.businesses.map(({ english }) => english);
  const joined = words.join(random.pick([' ', ' and ', ' & ']));
  const name = withoutDiacritics(company.proper);
  return [name, joined, random.pick([...forms, ...forms, ...RARE_ENGLISH])]
    .filter((word) => word !== '')
    .join(' ')
    .replace(/ ,/, ',');
}

/** What is left when people are in a hurry. */
export function shortName(company: Company): string | undefined {
  return company.businesses.length > 0 ? company.proper : undefined;
}

function inVietnamese({ proper, businesses }: Company, legalForm: string, short: boolean): string {
  const words = businesses.map((business) => (short ? business.short : business.full));
  return [legalForm, ...words, proper].join(' ');
}

function nameOf(company: Company): string {
  return [...company.businesses.map(({ full }) => full), company.proper].join(' ');
}

function form({ jointStock }: Company, random: Random): string {
  return random.pick(jointStock ? JOINT_STOCK : LIMITED);
}
