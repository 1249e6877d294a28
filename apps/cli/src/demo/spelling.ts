import type { Random } from './random.js';

/** Without diacritics: `Nguyễn` is `Nguyen`. */
export function withoutDiacritics(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}

const SPELLINGS: readonly ((digits: string) => string)[] = [
  (digits) => digits,
  (digits) => digits.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3'),
  (digits) => digits.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1.$2.$3'),
  (digits) => digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3'),
  (digits) => digits.replace(/^0(\d{2})(\d{3})(\d{4})$/, '+84 $1 $2 $3'),
  (digits) => digits.replace(/^0(\d{3})(\d{3})(\d{3})$/, '(+84) $1 $2 $3'),
];

/** A mobile number of ten digits as somebody may write it. */
export function spellPhone(digits: string, random: Random): string {
  return random.pick(SPELLINGS)(digits);
}

/** The same number written in another way. */
export function spellOtherwise(phone: string, random: Random): string {
  const digits = phone.replace(/\D/g, '').replace(/^84/, '0');
  const others = SPELLINGS.map((spell) => spell(digits)).filter((spelled) => spelled !== phone);
  return random.pick(others);
}
