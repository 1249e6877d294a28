/** UTF-16 units of an element that are indexed; of a longer one the beginning, and the document tells the rest. */
const INDEXED = 48;

/** What the index takes into a term as it is: what `TERM_SIGNS` names, small letters, digits, and everything beyond ASCII. */
const OTHERS = /[^a-z0-9.@_+:\u{80}-\u{10ffff}-]/gu;

/** Signs that belong to terms, for the tokenizer of the full-text index; `=` stands before the code of any other. */
export const TERM_SIGNS = '.@_+:=-';

/**
 * An element of the multi field with this place among the layout's, from its JSON text, as a term of the full-text index,
 * which it takes for one token and keeps as it is. The beginning of a text gives the beginning of its term.
 */
export function elementTerm(multi: number, json: string): string {
  const isText = json.startsWith('"');
  const text = isText ? json.slice(1, Math.min(json.length - 1, INDEXED + 1)) : json;
  const plain = text.replace(
    OTHERS,
    (sign) => `=${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `f${multi}${isText ? 's' : 'v'}${plain}`;
}

/** What asks the index for a term, or for all that begin with it. */
export function termQuery(term: string, { prefix = false } = {}): string {
  return prefix ? `"${term}"*` : `"${term}"`;
}
