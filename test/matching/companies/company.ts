import type { Random } from '../../../apps/cli/src/demo/random.js';
import { zipf } from '../people/names.js';
import { digits, landline } from '../phones.js';
import { plain } from '../text.js';
import { BUSINESSES, type Business, COINED, FIRST_WORDS, PLACES, SECOND_WORDS } from './words.js';

export interface Company {
  /** Without form and lines of business: what people call it. */
  readonly proper: string;
  readonly businesses: readonly Business[];
  readonly jointStock: boolean;
  readonly taxCode: string;
  readonly domain: string;
  readonly switchboard: string;
  /** How it writes mailboxes of its people. */
  readonly style: 'initials' | 'names';
  /** Those given out. */
  readonly mailboxes: Set<string>;
}

/** A company that `before` has no namesake of: the register refuses a whole name that another bears, but not its proper part. */
export function makeCompany(names: Set<string>, random: Random): Company {
  for (;;) {
    const proper = properName(random);
    const businesses = random.weighted(BUSINESSES);
    const whole = plain([...businesses.map(({ full }) => full), proper].join(' '));
    const domain = domainOf(proper, random);
    if (names.has(whole) || names.has(domain)) continue;
    names.add(whole).add(domain);
    return {
      ...{ proper, businesses, jointStock: random.chance(0.3) },
      taxCode: taxCode(random),
      domain,
      switchboard: landline(random),
      style: random.chance(0.5) ? 'initials' : 'names',
      mailboxes: new Set(),
    };
  }
}

function properName(random: Random): string {
  if (random.chance(0.12))
    return `${random.pick(COINED)}${random.chance(0.6) ? ` ${random.pick(PLACES)}` : ''}`;
  const name = `${zipf(FIRST_WORDS, random)} ${zipf(SECOND_WORDS, random)}`;
  return random.chance(0.15) ? `${name} ${random.pick(PLACES)}` : name;
}

/** Ten digits, the first two of a province. */
function taxCode(random: Random): string {
  return `${random.pick(['03', '01', '04', '37', '36', '02'])}${digits(8, random)}`;
}

/** Of its name, and of more where that is taken by another. */
function domainOf(proper: string, random: Random): string {
  const more = random.weighted([
    ['', 4],
    ['group', 2],
    ['vn', 3],
    [String(random.below(100)), 6],
  ] as const);
  return `${plain(proper)}${more}.${random.pick(['vn', 'com.vn', 'com'])}`;
}

/** Free mailboxes that small companies use for a domain of their own. */
export function mailboxOf(company: Company, random: Random): string {
  if (random.chance(0.25)) return `${plain(company.proper)}${company.taxCode.slice(-3)}@gmail.com`;
  return `${random.pick(['info', 'lienhe', 'sales', 'kinhdoanh', 'contact'])}@${company.domain}`;
}
