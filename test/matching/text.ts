import type { Random } from '../../apps/cli/src/demo/random.js';
import { withoutDiacritics } from '../../apps/cli/src/demo/spelling.js';

/** As a mailbox or a domain has it: letters a to z and digits. */
export function plain(text: string): string {
  const latin = text.replace(/ß/g, 'ss').replace(/ø/g, 'o');
  return withoutDiacritics(latin)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** Some slip of the hand: two letters changed over, one left out, doubled, or hit beside. */
export function mistype(text: string, random: Random): string {
  const letters = [...text];
  const places = letters.flatMap((letter, at) => (/[\p{L}\p{N}]/u.test(letter) ? [at] : []));
  if (places.length < 3) return text;
  const at = random.pick(places.slice(1));
  const here = letters[at] ?? '';
  const before = letters[at - 1] ?? '';
  const slips = [[here, before], [before], [before, here, here], [before, beside(here, random)]];
  const slip = random.pick(slips.filter((wrong) => wrong.join('') !== before + here));
  return [...letters.slice(0, at - 1), ...slip, ...letters.slice(at + 1)].join('');
}

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'];

function beside(letter: string, random: Random): string {
  const small = withoutDiacritics(letter).toLowerCase();
  const row = ROWS.find((keys) => keys.includes(small)) ?? 'ab';
  const at = row.indexOf(small);
  return row[at + (at <= 0 || (at < row.length - 1 && random.chance(0.5)) ? 1 : -1)] ?? 'a';
}

/** Spaces where fingers or copied pages leave them. */
export function misspace(text: string, random: Random): string {
  return random.pick([
    ` ${text}`,
    `${text}  `,
    text.replace(/ /g, '  '),
    text.replace(/ /g, '\u00a0'),
  ]);
}

/** The tone's mark on the other vowel: `Hòa` and `Hoà` are both in use. */
export function otherTonePlace(text: string): string {
  const marks =
    /([oO])([\u0300\u0301\u0303\u0309\u0323])([aAeE])(?!\p{L})|([uU])([\u0300\u0301\u0303\u0309\u0323])([yY])(?!\p{L})/gu;
  const later = text.normalize('NFD').replace(marks, '$1$3$2$4$6$5').normalize('NFC');
  if (later !== text.normalize('NFC')) return later;
  const places =
    /([oO])([aAeE])([\u0300\u0301\u0303\u0309\u0323])(?!\p{L})|([uU])([yY])([\u0300\u0301\u0303\u0309\u0323])(?!\p{L})/gu;
  return text.normalize('NFD').replace(places, '$1$3$2$4$6$5').normalize('NFC');
}
