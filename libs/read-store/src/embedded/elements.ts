import type { Scalar } from '#crm';

/**
 * Stands before and after each element in a multi column. JSON never holds it raw, so a search for a whole element, or for the
 * beginning of one, can only meet an element's own beginning.
 */
const SEPARATOR = '\u001f';

/** All elements in one text: what was indexed for a document, to be compared and searched. */
export function joinElements(elements: readonly Scalar[]): string {
  if (elements.length === 0) return '';
  return `${SEPARATOR}${elements.map((element) => JSON.stringify(element)).join(SEPARATOR)}${SEPARATOR}`;
}

/** The JSON texts of the elements. */
export function splitElements(joined: string): readonly string[] {
  return joined === '' ? [] : joined.slice(1, -1).split(SEPARATOR);
}

/** What the joined text contains when an element equals the value. */
export function wholeElement(value: Scalar): string {
  return joinElements([value]);
}

/** What the joined text contains when a text element starts so. */
export function elementPrefix(prefix: string): string {
  return SEPARATOR + JSON.stringify(prefix).slice(0, -1);
}
