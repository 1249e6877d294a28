import { foldCase, foldDiacritics, foldSpacing, isPlainWords } from './fold-case.js';

/** What two spellings of one person's name share: case, spacing and Unicode form folded (PRODUCT.md P4). */
export function personNameKey(
  familyName: string | undefined,
  givenName: string | undefined,
): string | undefined {
  return foldCase(foldSpacing(`${familyName ?? ''} ${givenName ?? ''}`)) || undefined;
}

/**
 * The same without diacritics, and whatever the order of its words: "Nguyễn Gia Khương", "Nguyen Gia Khuong" and "Khuong Nguyen Gia"
 * share it. Signs and titles are left out. A weak sign.
 */
export function weakPersonNameKey(
  familyName: string | undefined,
  givenName: string | undefined,
): string | undefined {
  const name = personNameKey(familyName, givenName);
  return name === undefined ? undefined : weakFormOfName(name);
}

/** Titles that people type into the name. */
const TITLES = /(?:^| )(?:mrs?|ms|miss|dr|prof)(?= |$)/g;
/**
 * Those in Vietnamese only with their diacritics, since `Chi` and `Ba` are names, and without `anh`, which is one of the most common
 * names itself.
 */
const VIETNAMESE_TITLES = /(?:^| )(?:chị|ông|bà|cô)(?= |$)/g;

/** The weak form of a name's key; `undefined` for one of nothing but marks. */
export function weakFormOfName(key: string): string | undefined {
  const signless = isPlainWords(key) ? key : withoutSigns(key) || key;
  const folded = foldDiacritics(signless.replace(VIETNAMESE_TITLES, '') || signless);
  const named = folded.replace(TITLES, '').trim() || folded;
  return named.split(' ').filter(isWord).sort().join(' ') || undefined;
}

function isWord(word: string): boolean {
  return word !== '';
}

/** `O’Brien` is `OBrien`, `Ji-woo` is `Ji woo`. */
function withoutSigns(key: string): string {
  const joined = key.replace(/['’ʼ`]/gu, '');
  return foldCase(joined.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')).trim();
}
