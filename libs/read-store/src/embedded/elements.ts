import type { Json, JsonObject } from '#crm';
import { someCandidate } from '../filter/candidates.js';
import type { Scalar } from '../filter/condition.js';
import type { MultiIndex } from './layout.js';

/**
 * Stands before and after each element in a multi column. JSON never holds it raw, so a search for a whole element, or for the
 * beginning of one, can only meet an element's own beginning.
 */
const SEPARATOR = '\u001f';

/** The scalar elements of a multi field but null, each once. */
export function elementsOf(document: JsonObject, multi: MultiIndex): readonly Scalar[] {
  const elements = new Set<Scalar>();
  someCandidate(document, multi.path, (value: Json | undefined) => {
    if (value !== undefined && value !== null && typeof value !== 'object') elements.add(value);
    return false;
  });
  return [...elements];
}

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
