import type { Random } from '../../../apps/cli/src/demo/random.js';
import type { Disturbance } from '../disturbance.js';
import { before2018, mobile, spellPhone } from '../phones.js';
import { mistype } from '../text.js';
import type { PersonDraft } from './draft.js';
import { words } from './names.js';
import type { Person } from './person.js';

type OfPerson = Disturbance<PersonDraft, Person>;

/** What can be the matter with a mailbox or a telephone number. */
export const REACH_DISTURBANCES: readonly OfPerson[] = [
  email('case', 10, (address, random) =>
    random.pick([address.toUpperCase(), address.replace(/^./, (first) => first.toUpperCase())]),
  ),
  email('display name', 6, (address, _random, { name }) => `${words(name).join(' ')} <${address}>`),
  email('plus tag', 5, (address, random) =>
    address.replace('@', `+${random.pick(['crm', 'shop', 'work', 'quote'])}@`),
  ),
  email('Gmail dots', 6, (address, random) => otherDots(address, random)),
  email('typo in the mailbox', 6, (address, random) => {
    const [mailbox = '', domain = ''] = address.split('@');
    return `${mistype(mailbox, random)}@${domain}`;
  }),
  email('typo in the domain', 5, (address, random) => {
    const [mailbox = '', domain = ''] = address.split('@');
    const [first = '', ...others] = domain.split('.');
    const wrong = random.chance(0.5)
      ? [mistype(first, random), ...others]
      : [first, ...others.slice(0, -1), random.pick(['con', 'cm', 'co', 'comm', 'vm'])];
    return `${mailbox}@${wrong.join('.')}`;
  }),
  {
    name: 'email: another one',
    weight: 8,
    apply: (draft, { personalEmail, workEmail }, random) => {
      const provider = random.pick(['gmail.com', 'yahoo.com', 'outlook.com', 'icloud.com']);
      const moved = personalEmail.replace(/@.*/, `@${provider}`);
      const others = [workEmail, personalEmail, moved].filter(
        (one) => one !== undefined && one !== draft.email,
      );
      return others.length > 0 ? { ...draft, email: random.pick(others) } : undefined;
    },
  },
  phone('format', 30, spellPhone),
  phone('prefix of before 2018', 10, (number, random) => {
    const old = before2018(number);
    return old === undefined ? undefined : spellPhone(old, random);
  }),
  phone('typo', 8, (number, random) => {
    const at = 3 + random.below(number.length - 3);
    const wrong = String((Number(number[at]) + 1 + random.below(9)) % 10);
    return `${number.slice(0, at)}${wrong}${number.slice(at + 1)}`;
  }),
  phone('another one', 8, (_number, random, { otherPhone }) =>
    random.chance(0.5) ? otherPhone : mobile(random),
  ),
];

type Change = (value: string, random: Random, person: Person) => string | undefined;

function email(name: string, weight: number, change: Change): OfPerson {
  return {
    name: `email: ${name}`,
    weight,
    apply: (draft, person, random) => {
      const next = draft.email && change(draft.email, random, person);
      return next && next !== draft.email ? { ...draft, email: next } : undefined;
    },
  };
}

/** Extensions stay as they are. */
function phone(name: string, weight: number, change: Change): OfPerson {
  return {
    name: `phone: ${name}`,
    weight,
    apply: (draft, person, random) => {
      const [, number, rest = ''] = /^(\d+)(\D.*)?$/.exec(draft.phone ?? '') ?? [];
      const next = number && change(number, random, person);
      return next && next !== number ? { ...draft, phone: `${next}${rest}` } : undefined;
    },
  };
}

function otherDots(address: string, random: Random): string | undefined {
  const [mailbox = '', domain] = address.split('@');
  if (domain !== 'gmail.com' || mailbox.length < 4) return undefined;
  if (mailbox.includes('.')) return `${mailbox.replaceAll('.', '')}@${domain}`;
  const at = 2 + random.below(mailbox.length - 3);
  return `${mailbox.slice(0, at)}.${mailbox.slice(at)}@${domain}`;
}
