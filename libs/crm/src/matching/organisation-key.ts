import { foldCase, foldDiacritics, isPlainWords } from './fold-case.js';
import {
  KEPT_FORMS,
  LEADING_FORMS,
  TRAILING_FORMS,
  TRAILING_VIETNAMESE_FORMS,
} from './legal-forms.js';

type Words = readonly string[];

/** Fewer letters than this name nobody: `Y-Corporation` is not the company Y. */
const SHORTEST = 2;

/** Dots within an abbreviation join it: J.S.C. is JSC. */
const INITIALS = /(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}\p{M}])/gu;

/**
 * What two spellings of one organisation's name share: case, spacing, punctuation and legal forms folded (PRODUCT.md P4).
 * Diacritics stay. A name of nothing but legal forms or punctuation stays itself; `undefined` only for an empty one.
 */
export function organisationKey(raw: string): string | undefined {
  const words = wordsOf(raw);
  if (words.length === 0) return foldCase(raw).replace(/\s+/g, ' ').trim() || undefined;
  const bare = withoutForms(words).join(' ');
  return bare.length < SHORTEST ? words.join(' ') : bare;
}

function wordsOf(raw: string): Words {
  const folded = foldCase(raw);
  const text = isPlainWords(folded) ? folded : withoutSigns(folded);
  return text === '' ? [] : text.split(' ');
}

function withoutSigns(folded: string): string {
  return foldCase(folded.replace(/[\p{Cf}'’ʼ`]/gu, ''))
    .replace(INITIALS, (word) => word.replaceAll('.', ''))
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** Each without its marks. */
function plainWords(words: Words): Words {
  const text = words.join(' ');
  return isPlainWords(text) ? foldDiacritics(text).split(' ') : words.map(foldDiacritics);
}

/** Strips forms from both ends until none is left. */
function withoutForms(words: Words, plain: Words = plainWords(words)): Words {
  const leading = LEADING_FORMS.get(plain[0] ?? '')?.find((form) => startsWith(plain, form));
  if (leading) return withoutForms(words.slice(leading.length), plain.slice(leading.length));
  const trailing =
    TRAILING_FORMS.get(words.at(-1) ?? '')?.find((form) => endsWith(words, form)) ??
    TRAILING_VIETNAMESE_FORMS.get(plain.at(-1) ?? '')?.find((form) => endsWith(plain, form));
  if (!trailing) return shortened(words, plain);
  const kept = words.length - trailing.length;
  return withoutForms(words.slice(0, kept), plain.slice(0, kept));
}

/** Under one spelling what is kept: `Hợp tác xã` as `htx` in front, `Co` as `company` at the end. */
function shortened(words: Words, plain: Words): Words {
  const kept = KEPT_FORMS.find(([form]) => startsWith(plain, form));
  const front = kept ? [kept[1], ...words.slice(kept[0].length)] : words;
  return front.length > 1 && front.at(-1) === 'co' ? [...front.slice(0, -1), 'company'] : front;
}

function startsWith(words: Words, form: Words): boolean {
  return form.every((word, index) => words[index] === word);
}

function endsWith(words: Words, form: Words): boolean {
  return words.length >= form.length && startsWith(words.slice(words.length - form.length), form);
}
