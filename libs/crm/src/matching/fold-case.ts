/** What needs no folding but that of capitals; most of what is folded is this. */
const ASCII = /^[\x20-\x7e]*$/;

/**
 * Case folded the same in every locale, in NFC. Full Unicode folding by way of upper case (`ß` and `ẞ` become `ss`, `ς`
 * becomes `σ`), with the Turkish dotted and dotless i taken for the plain letter, since a key cannot know the language.
 */
export function foldCase(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .replace(/i\u0307+/g, 'i')
    .normalize('NFC');
}

/** One space between words, none around them, and no character that cannot be seen. */
export function foldSpacing(text: string): string {
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
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐðłøæœþħ]/g, (letter) => BASE_LETTERS[letter] ?? letter)
    .normalize('NFC');
}
