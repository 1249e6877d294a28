import { foldCase, foldDiacritics, foldSpacing } from './fold-case.js';

/** What two spellings of one person's name share: case, spacing and Unicode form folded (PRODUCT.md P4). */
export function personNameKey(
  familyName: string | undefined,
  givenName: string | undefined,
): string | undefined {
  return foldCase(foldSpacing(`${familyName ?? ''} ${givenName ?? ''}`)) || undefined;
}

/** The same without diacritics: "Nguyễn Gia Khương" and "Nguyen Gia Khuong" share it. A weak sign. */
export function weakPersonNameKey(
  familyName: string | undefined,
  givenName: string | undefined,
): string | undefined {
  const name = personNameKey(familyName, givenName);
  return name === undefined ? undefined : foldSpacing(foldDiacritics(name)) || undefined;
}
