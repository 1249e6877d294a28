import type { Random } from '../../apps/cli/src/demo/random.js';
import { MOBILE_PREFIXES } from '../../apps/cli/src/demo/vietnamese.js';

/** What a mobile prefix was before the ministry's renumbering of 2018, from today's, both with their trunk prefix. */
const BEFORE_2018: Readonly<Record<string, string>> = {
  ...{ '032': '0162', '033': '0163', '034': '0164', '035': '0165', '036': '0166', '037': '0167' },
  ...{ '038': '0168', '039': '0169', '070': '0120', '076': '0126', '077': '0122', '078': '0128' },
  ...{ '079': '0121', '081': '0127', '082': '0129', '083': '0123', '084': '0124', '085': '0125' },
  ...{ '056': '0186', '058': '0188', '059': '0199' },
};

/** A Vietnamese mobile number of ten digits. */
export function mobile(random: Random): string {
  return `${random.weighted(MOBILE_PREFIXES)}${digits(7, random)}`;
}

/** A landline of eleven digits, in Ho Chi Minh City or Hanoi. */
export function landline(random: Random): string {
  return `${random.pick(['0283', '0243', '0247', '0286'])}${digits(7, random)}`;
}

export function digits(count: number, random: Random): string {
  return Array.from({ length: count }, () => random.below(10)).join('');
}

/** The number as it was until 2018, where it was another. */
export function before2018(phone: string): string | undefined {
  const prefix = BEFORE_2018[phone.slice(0, 3)];
  return prefix === undefined || phone.length !== 10 ? undefined : `${prefix}${phone.slice(3)}`;
}

type Spelling = (national: string) => string;

/** Ways to write a national number that begins with 0: in groups as Vietnamese do, and with the country's code. */
const SPELLINGS: readonly Spelling[] = [
  (phone) => phone,
  (phone) => groups(phone, ' '),
  (phone) => groups(phone, '.'),
  (phone) => groups(phone, '-'),
  (phone) => `(${phone.slice(0, 3)}) ${phone.slice(3)}`,
  (phone) => `+84${phone.slice(1)}`,
  (phone) => `+84 ${groups(phone, ' ').slice(1)}`,
  (phone) => `(+84) ${groups(phone, '.').slice(1)}`,
  (phone) => `84${phone.slice(1)}`,
  (phone) => `0084${phone.slice(1)}`,
  (phone) => `0084 ${groups(phone, ' ').slice(1)}`,
  (phone) => `+84 (0)${groups(phone, ' ').slice(1)}`,
  (phone) => phone.slice(1),
];

function groups(phone: string, sign: string): string {
  return [phone.slice(0, 4), phone.slice(4, 7), phone.slice(7)].join(sign);
}

export function spellPhone(phone: string, random: Random): string {
  return random.pick(SPELLINGS)(phone);
}

/** Ways to write an extension behind a number. */
export function withExtension(phone: string, extension: string, random: Random): string {
  const sign = random.pick([' ext ', ' ext. ', ' x', '#', ' máy lẻ ', ' số nội bộ ', ' nội bộ ']);
  return `${phone}${sign}${extension}`;
}
