const ASCII = /^[\x20-\x7e]*$/;
const NOT_ASCII = /[^\x20-\x7e]/g;

/**
 * Letters in one character each with one small form, as names in Vietnamese and most of western Europe are written: they need no folding
 * but that of capitals. Most of what is folded is this.
 */
const PLAIN = /^[\x20-\x7eÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹà-öø-þăđĩũơưạ-ỹ]*$/;

/**
 * Case folded the same in every locale, in NFC. Full Unicode folding by way of upper case (`ß` and `ẞ` become `ss`, `ς`
 * becomes `σ`), with the Turkish dotted and dotless i taken for the plain letter, since a key cannot know the language.
 */
export function foldCase(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .replace(/i\u0307+/g, 'i')
    .normalize('NFC');
}

/** Words of small plain letters and digits, one space between them. */
const PLAIN_WORDS = /^[a-z0-9à-öø-þăđĩũơưạ-ỹ]+(?: [a-z0-9à-öø-þăđĩũơưạ-ỹ]+)*$/;

/** True for what needs no look at its signs, spacing and marks: most names, once their case is folded. */
export function isPlainWords(text: string): boolean {
  return PLAIN_WORDS.test(text);
}

/** One space between words, none around them, and no character that cannot be seen. */
export function foldSpacing(text: string): string {
  if (PLAIN.test(text) && !text.includes('  ')) return text.trim();
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const BASE_LETTERS: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
};

/** Without the marks of Latin, Greek and Cyrillic letters, and with letters of their own (`đ`) as their base letter. */
export function foldDiacritics(text: string): string {
  if (ASCII.test(text)) return text;
  if (PLAIN.test(text)) return text.replace(NOT_ASCII, baseLetter);
  return withoutMarks(text);
}

const bases = new Map<string, string>();

/** The base letter of a plain letter, worked out once for each. */
function baseLetter(letter: string): string {
  const known = bases.get(letter);
  if (known !== undefined) return known;
  const base = withoutMarks(letter);
  bases.set(letter, base);
  return base;
}

function withoutMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐðłøæœþħ]/g, (letter) => BASE_LETTERS[letter] ?? letter)
    .normalize('NFC');
}
