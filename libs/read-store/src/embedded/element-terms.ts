import type { Scalar } from '../filter/condition.js';

/** Bytes of an element that are indexed; of a longer one the beginning, and the document tells the rest. */
const INDEXED_BYTES = 96;

/**
 * An element of the multi field with this place among the layout's, as a term of the full-text index: letters and digits
 * only, which it takes for one token and keeps as they are. The beginning of a text gives the beginning of its term.
 */
export function elementTerm(multi: number, value: Scalar): string {
  const kind = typeof value === 'string' ? 's' : typeof value === 'number' ? 'n' : 'b';
  return `f${multi}${kind}${Buffer.from(String(value)).toString('hex', 0, INDEXED_BYTES)}`;
}

/** What asks the index for text elements of a multi field that start so. */
export function prefixQuery(multi: number, prefix: string): string {
  return `${elementTerm(multi, prefix)}*`;
}
