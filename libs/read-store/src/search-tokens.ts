import numberPlans from 'libphonenumber-js/min/metadata';
import { escapeRegex, type Filter, foldCase, foldDiacritics } from '#crm';

/** Most tokens of one document: each costs a row of the index. */
const MOST_TOKENS = 40;
/** Most tokens of a query that are looked for; what comes behind narrows no further. */
const MOST_ASKED = 8;
/** Most words within one token of a query. */
const MOST_WITHIN = 4;
const LONGEST = 64;
/** Fewest digits that are read as a telephone number. */
const PHONE_DIGITS = 6;

/** Letter case, composed or decomposed form, width and diacritics taken away: `Nguyễn Đức` becomes `nguyen duc`. */
export function foldText(text: string): string {
  return foldDiacritics(foldCase(text.normalize('NFKC')));
}

const PHONE_RUN = /(?<![\p{L}\p{N}@.])\+?\(?\d[\d\s().-]*\d(?![\p{L}\p{N}@])/gu;

/** Folded text is mostly this, and simpler patterns than those of all of Unicode tell its words. */
const ASCII = /^[\x20-\x7e]*$/;

/** At white space, and at what is neither seen nor storable. */
function chunksOf(text: string): readonly string[] {
  return (ASCII.test(text) ? text.split(' ') : text.split(/[\s\p{C}]+/u)).map(trimSigns);
}

function cut(token: string): string {
  if (token.length <= LONGEST) return token;
  return token.slice(0, LONGEST).replace(/\p{Cs}$/u, '');
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function wordsOf(text: string): readonly string[] {
  return text.match(ASCII.test(text) ? /[a-z0-9]+/gi : /[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** What follows the country code of an international number. Country codes have one to three digits, none begins another. */
function nationalDigits(digits: string): string {
  const length = [1, 2, 3].find((n) => digits.slice(0, n) in numberPlans.country_calling_codes);
  return digits.slice(length ?? 0);
}

/** The whole number, the number without country code, and the groups that it was written in. */
function phoneTokens(run: string): readonly string[] {
  const digits = digitsOf(run).replace(/^0+/, '');
  const groups = wordsOf(run);
  return [
    digits,
    ...(run.startsWith('+') ? [nationalDigits(digits)] : []),
    ...(groups.length > 1 ? groups : []),
  ];
}

/** A piece of text without white space: its words, and in one where signs are within it. */
function chunkTokens(chunk: string): readonly string[] {
  const words = wordsOf(chunk);
  if (words.length < 2) return words;
  const at = chunk.lastIndexOf('@');
  if (at < 0) return [...words, words.join('')];
  const local = wordsOf(chunk.slice(0, at));
  const domain = wordsOf(chunk.slice(at + 1)).length > 0 ? [chunk.slice(at + 1)] : [];
  return [chunk, ...local, local.join(''), ...domain];
}

function trimSigns(chunk: string): string {
  if (ASCII.test(chunk)) return chunk.replace(/^[^a-z0-9]+|[^a-z0-9]+$/gi, '');
  return chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '');
}

/** Tokens are found by how they start: one that another starts with need not be kept. */
function withoutPrefixes(tokens: Iterable<string>): readonly string[] {
  const sorted = [...new Set(tokens)].sort();
  return sorted.filter((token, i) => token !== '' && !sorted[i + 1]?.startsWith(token));
}

/**
 * What a document is found by, from its names, e-mail addresses, telephone numbers and organisation: folded words, whole e-mail
 * addresses with their domains, telephone numbers with and without country code. At most 40, each of at most 64 characters.
 * To be kept in a list field with a `multi` index, and asked for by `searchFilter`.
 */
export function searchTokens(values: readonly string[]): readonly string[] {
  const tokens = values.flatMap((value) => {
    const folded = foldText(value);
    if (digitsOf(folded).length < PHONE_DIGITS) return chunksOf(folded).flatMap(chunkTokens);
    const phones: string[] = [];
    const rest = folded.replace(PHONE_RUN, (run) => {
      if (digitsOf(run).length < PHONE_DIGITS) return run;
      phones.push(...phoneTokens(run));
      return ' ';
    });
    return [...phones, ...chunksOf(rest).flatMap(chunkTokens)];
  });
  return withoutPrefixes(tokens.map(cut)).slice(0, MOST_TOKENS);
}

function startsWith(field: string, token: string): Filter {
  return { [field]: { $regex: `^${escapeRegex(cut(token))}` } };
}

function oneOf(filters: readonly Filter[]): Filter {
  return filters.length === 1 && filters[0] !== undefined ? filters[0] : { $or: filters };
}

/** A number as typed, or without the zeros that stand for a trunk or international prefix. */
function digitsFilter(field: string, digits: string): Filter {
  const bare = digits.replace(/^0+/, '');
  const forms = bare === '' || bare === digits ? [digits] : [digits, bare];
  return oneOf(forms.map((form) => startsWith(field, form)));
}

/** A whole number; an international one, `+84912…` or `0084912…`, also as it is written at home, `0912…`. */
function numberFilter(field: string, run: string): Filter {
  const digits = digitsOf(run);
  const asTyped = digitsFilter(field, digits);
  if (!run.startsWith('+') && !digits.startsWith('00')) return asTyped;
  const national = nationalDigits(digits.replace(/^0+/, ''));
  return national === '' ? asTyped : { $or: [asTyped, startsWith(field, national)] };
}

function wordFilter(field: string, word: string): Filter {
  return /^\d+$/.test(word) ? digitsFilter(field, word) : startsWith(field, word);
}

function chunkFilter(field: string, chunk: string): Filter {
  const words = wordsOf(chunk);
  if (words.length < 2) return wordFilter(field, words[0] ?? '');
  const all = { $and: words.slice(0, MOST_WITHIN).map((word) => wordFilter(field, word)) };
  return { $or: [startsWith(field, chunk), all] };
}

/**
 * The condition that a document has all words of `q`, each as the beginning of a token. Blank text asks for nothing and finds all; text
 * without a letter or digit finds none.
 * @param field the list that holds `searchTokens`
 */
export function searchFilter(q: string, field = 'search'): Filter {
  const parts: Filter[] = [];
  const rest = foldText(q).replace(PHONE_RUN, (run) => {
    const digits = digitsOf(run);
    if (digits.length < PHONE_DIGITS) return run;
    const groups = wordsOf(run);
    const whole = numberFilter(field, run);
    const each = { $and: groups.slice(0, MOST_WITHIN).map((group) => digitsFilter(field, group)) };
    parts.push(groups.length === 1 ? whole : { $or: [whole, each] });
    return ' ';
  });
  for (const chunk of chunksOf(rest)) {
    if (chunk !== '') parts.push(chunkFilter(field, chunk));
  }
  if (parts.length === 0) return q.trim() === '' ? {} : { [field]: { $in: [] } };
  return parts.length === 1 && parts[0] ? parts[0] : { $and: parts.slice(0, MOST_ASKED) };
}
