import type { FieldValues } from '#crm';
import type { Random } from '../../../apps/cli/src/demo/random.js';
import { type Disturbance, disturb } from '../disturbance.js';
import { landline, spellPhone } from '../phones.js';
import { type Company, mailboxOf } from './company.js';
import { organisationDisturbances } from './disturb-company.js';
import { wellWritten } from './spell-company.js';

/** An account's record. */
export interface AccountDraft {
  readonly name: string;
  readonly taxCode?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly website?: string;
}

type OfCompany = Disturbance<AccountDraft, Company>;

const DISTURBANCES: readonly OfCompany[] = [
  ...organisationDisturbances<AccountDraft, Company>(
    ({ name }) => name,
    (draft, name) => ({ ...draft, name }),
    (company) => company,
  ),
  taxCode('spacing', 12, (code) => `${code.slice(0, 2)} ${code.slice(2, 6)} ${code.slice(6)}`),
  taxCode('of a branch', 10, (code, random) => `${code}-00${1 + random.below(5)}`),
  taxCode('leading zero lost', 8, (code) => code.replace(/^0/, '')),
  taxCode('typo', 6, (code, random) => {
    const at = random.below(code.length);
    return `${code.slice(0, at)}${(Number(code[at]) + 1) % 10}${code.slice(at + 1)}`;
  }),
  phone('format', 25, spellPhone),
  phone('another one', 12, (_number, random) => landline(random)),
  phone('typo', 5, (number, random) => {
    const at = 4 + random.below(number.length - 4);
    return `${number.slice(0, at)}${(Number(number[at]) + 1) % 10}${number.slice(at + 1)}`;
  }),
  {
    name: 'email: another one',
    weight: 12,
    apply: (draft, company, random) => {
      const email = mailboxOf(company, random);
      return email === draft.email ? undefined : { ...draft, email };
    },
  },
];

/** One record of a company, as somebody might write it. */
export function accountRecord(company: Company, count: number, random: Random) {
  const phone = random.chance(0.6) ? company.switchboard : undefined;
  const email = random.chance(0.5) ? mailboxOf(company, random) : undefined;
  const whole: AccountDraft = {
    name: wellWritten(company, random),
    ...(random.chance(0.6) && { taxCode: company.taxCode }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
    ...(random.chance(0.35) && { website: `https://www.${company.domain}` }),
  };
  const { draft, disturbances } = disturb(whole, company, { count, of: DISTURBANCES }, random);
  const { phone: spelled, ...others } = draft;
  const fields: FieldValues = { ...others, ...(spelled !== undefined && { phones: [spelled] }) };
  return { fields, disturbances };
}

type Change = (value: string, random: Random) => string | undefined;

function taxCode(name: string, weight: number, change: Change): OfCompany {
  return { name: `tax-code: ${name}`, weight, apply: changing('taxCode', change) };
}

function phone(name: string, weight: number, change: Change): OfCompany {
  return { name: `phone: ${name}`, weight, apply: changing('phone', change) };
}

function changing(field: 'taxCode' | 'phone', change: Change): OfCompany['apply'] {
  return (draft, _company, random) => {
    const before = draft[field];
    const after = before && change(before, random);
    return after && after !== before ? { ...draft, [field]: after } : undefined;
  };
}
