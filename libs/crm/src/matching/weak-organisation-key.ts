import { foldDiacritics } from './fold-case.js';
import { SINGLE_FORMS } from './legal-forms.js';
import { initialsIn, LINES_BY_WORD, type Line, SAYING_NOTHING } from './lines-of-business.js';
import { organisationKey } from './organisation-key.js';

/**
 * What an organisation's names in Vietnamese and English, in full and shortened, share: `Công ty TNHH Thương mại Dịch vụ Minh Phát`,
 * `Cty TNHH TM&DV Minh Phát` and `Minh Phat Trading and Service Co., Ltd` are all `minhphat-dv-tm`. Diacritics are dropped, lines of business
 * stand behind the name as their initials, in order. A weak sign.
 */
export function weakOrganisationKey(raw: string): string | undefined {
  const key = organisationKey(raw);
  return key === undefined ? undefined : weakFormOfOrganisation(key);
}

/** The weak form of an organisation's key. Not empty. */
export function weakFormOfOrganisation(key: string): string {
  const words = foldDiacritics(key)
    .split(' ')
    .filter((word) => word !== '');
  const proper: string[] = [];
  const initials = new Set<string>();
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const line = lineAt(words, at);
    const told = line ? [line.initials] : initialsIn(word);
    for (const one of told) initials.add(one);
    if (told.length === 0 && !SAYING_NOTHING.has(word) && !SINGLE_FORMS.has(word))
      proper.push(word);
    at += line?.words.length ?? 1;
  }
  return (
    [together(proper), ...[...initials].sort()].filter((part) => part !== '').join('-') ||
    words.join(' ') ||
    key
  );
}

function lineAt(words: readonly string[], at: number): Line | undefined {
  return LINES_BY_WORD.get(words[at] ?? '')?.find(({ words: way }) =>
    way.every((part, index) => words[at + index] === part),
  );
}

/** As one word, since `Viet Nam` is `Vietnam`, unless that were a word with a meaning of its own. */
function together(words: readonly string[]): string {
  const one = words.join('');
  const means =
    LINES_BY_WORD.has(one) ||
    SAYING_NOTHING.has(one) ||
    SINGLE_FORMS.has(one) ||
    initialsIn(one).length > 0;
  return means ? words.join(' ') : one;
}
