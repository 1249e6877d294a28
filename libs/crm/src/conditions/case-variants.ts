/** Code points beyond have no case. */
const LAST = 0x1ffff;
const HAS_CASE = /\p{Changes_When_Casemapped}|\p{Changes_When_Casefolded}/gu;

let letters: string | undefined;
const known = new Map<string, string>();

/** Every letter that is written in another case too. Gathered at the first question: most processes never ask. */
function lettersWithCase(): string {
  if (letters === undefined) {
    const points = Array.from({ length: LAST + 1 }, (_, point) => String.fromCodePoint(point));
    letters = points.join('').match(HAS_CASE)?.join('') ?? '';
  }
  return letters;
}

/**
 * The character with all that equal it by Unicode simple case folding, in one text: `ế` gives `Ếế`, `k` gives `KkK` with the sign of
 * Kelvin, `1` itself. Simple folding takes one character for one: `ß` is not `ss`, and the Turkish `ı` and `İ` are letters of their own.
 */
export function caseVariants(character: string): string {
  const found = known.get(character);
  if (found !== undefined) return found;
  const all = lettersWithCase();
  if (!all.includes(character)) return character;
  const variants = all.match(new RegExp(character, 'giu'))?.join('') ?? character;
  known.set(character, variants);
  return variants;
}

/** Each character of a text as a class of its variants, `[Ếế]`, or by `escaped` where it is the only one. */
export function caselessPattern(text: string, escaped: (character: string) => string): string {
  return Array.from(text, (character) => {
    const variants = caseVariants(character);
    return variants === character ? escaped(character) : `[${variants}]`;
  }).join('');
}
