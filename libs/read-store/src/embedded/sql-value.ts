import type { Json } from '#crm';
import type { PlaceValue } from '../paging/cursor.js';

/**
 * What a column holds for a JSON value, such that SQLite's order of columns is MongoDB's order of values: never NULL, so that
 * no condition is ever "unknown". SQLite puts numbers before texts before blobs, as wanted; null and missing are the number
 * below all others, booleans blobs behind those of objects and lists. Booleans must not be bound: the driver aborts on them.
 */
export type SqlValue = number | string | Buffer;

export const MISSING = Number.NEGATIVE_INFINITY;
const OBJECT = Buffer.from([3]);
const LIST = Buffer.from([4]);
const FALSE = Buffer.from([8, 0]);
const TRUE = Buffer.from([8, 1]);

export function toSqlValue(value: Json | undefined): SqlValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (value === undefined || value === null) return MISSING;
  if (typeof value === 'boolean') return value ? TRUE : FALSE;
  return Array.isArray(value) ? LIST : OBJECT;
}

/** `toSqlValue` of where a document stood. */
export function placeSqlValue(value: PlaceValue): SqlValue {
  if (value === null || typeof value !== 'object') return toSqlValue(value);
  return toSqlValue(value[0] === 'list' ? [] : {});
}

/** `toSqlValue` as SQL, for a value inside a document: `type` as `json_type` names it, `atom` as `json_extract` gives it. */
export function sqlValueOf(type: string, atom: string): string {
  return `CASE ${type} WHEN 'true' THEN x'0801' WHEN 'false' THEN x'0800' WHEN 'object' THEN x'03' WHEN 'array' THEN x'04' ELSE COALESCE(${atom}, -9e999) END`;
}

/**
 * The smallest text that is greater than every text with this prefix, or undefined when there is none.
 * Steps over the surrogates, which no stored text can hold.
 */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}
