import type { Random } from '../../../apps/cli/src/demo/random.js';
import type { Company } from '../companies/company.js';
import { landline, mobile } from '../phones.js';
import { plain } from '../text.js';
import { makeName, type PersonName, words } from './names.js';

/** Somebody as they are: what records tell of them, well or badly, is taken from here. */
export interface Person {
  readonly name: PersonName;
  /** Where they work, if anywhere. Colleagues share its switchboard, its mailbox and its domain. */
  readonly company?: Company;
  /** Its number in the company's switchboard. */
  readonly extension: string;
  readonly personalEmail: string;
  readonly workEmail?: string;
  /** National, ten digits: what they dial today. */
  readonly mobile: string;
  readonly otherPhone: string;
}

const MAIL_PROVIDERS = [
  ['gmail.com', 80],
  ['yahoo.com', 5],
  ['yahoo.com.vn', 4],
  ['outlook.com', 4],
  ['hotmail.com', 4],
  ['icloud.com', 3],
] as const;

/** Somebody new, with a mailbox that is not among those `taken`. */
export function makePerson(
  company: Company | undefined,
  taken: Set<string>,
  random: Random,
): Person {
  const name = makeName(random);
  return {
    name,
    ...(company && { company, workEmail: workEmail(name, company, random) }),
    extension: String(101 + random.below(80)),
    personalEmail: personalEmail(name, taken, random),
    mobile: mobile(random),
    otherPhone: random.chance(0.7) ? mobile(random) : landline(random),
  };
}

/** Of one family: they share a name, and often the one telephone or mailbox that they give. */
export function makeRelative(of: Person, taken: Set<string>, random: Random): Person {
  const relative = makePerson(undefined, taken, random);
  return {
    ...relative,
    name: { ...relative.name, ...(!relative.name.foreign && { family: of.name.family }) },
    ...(random.chance(0.6) ? { mobile: of.mobile } : { personalEmail: of.personalEmail }),
  };
}

function personalEmail(name: PersonName, taken: Set<string>, random: Random): string {
  for (;;) {
    const email = `${personalMailbox(name, random)}@${random.weighted(MAIL_PROVIDERS)}`;
    if (taken.has(email)) continue;
    taken.add(email);
    return email;
  }
}

/** Mailboxes at providers that millions use: of a plain name and nothing else are few left. */
function personalMailbox(name: PersonName, random: Random): string {
  const [first = '', ...others] = words(name).map(plain).reverse();
  const whole = [first, ...others].reverse();
  const mailbox = random.weighted([
    [whole.join(''), 30],
    [[first, whole[0]].join('.'), 20],
    [
      first +
        whole
          .slice(0, -1)
          .map((word) => word[0])
          .join(''),
      20,
    ],
    [[first, ...whole.slice(0, -1)].join('.'), 15],
    [random.pick(['shopbaby', 'mebe', 'thegioi', 'hoala', 'xuong', 'gold']) + first, 8],
  ] as const);
  const number = random.weighted([
    ['', 22],
    [String(70 + random.below(30)), 25],
    [String(1970 + random.below(35)), 25],
    [String(random.below(1_000)), 28],
  ] as const);
  return `${mailbox}${number}`;
}

/** `huong.nguyen@…` or `huongnt@…`, with a number where a colleague has it already. */
function workEmail(name: PersonName, company: Company, random: Random): string {
  const whole = words(name).map(plain);
  const given = whole.at(-1) ?? '';
  const initials = whole
    .slice(0, -1)
    .map((word) => word[0])
    .join('');
  const mailbox = company.style === 'initials' ? `${given}${initials}` : `${given}.${whole[0]}`;
  const taken = company.mailboxes.has(mailbox);
  const own = taken ? `${mailbox}${2 + random.below(97)}` : mailbox;
  company.mailboxes.add(own);
  return `${own}@${company.domain}`;
}
