import { createHash } from 'node:crypto';
import type { Json, Scalar } from '#crm';
import { InvalidCursor } from '../errors.js';

/** Where a document stood by one sort key. Objects and lists are told by a list, which no scalar is. */
export type PlaceValue = Scalar | readonly ['object' | 'list'];

/**
 * Where a page ended: one value per sort key, `id` last. Written as base64url of `[mark, ...values]`; the mark ties it to the query and
 * shows alteration. It is no secret: whoever forges one gets another page of what the filter lets them see.
 */
export type Place = readonly PlaceValue[];

const LONGEST = 16_384;
function mark(query: string, values: readonly Json[]): string {
  return createHash('sha256')
    .update(query)
    .update('\0')
    .update(JSON.stringify(values))
    .digest('base64url')
    .slice(0, 22);
}

function write(value: Json | undefined): PlaceValue {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return value;
  return Array.isArray(value) ? ['list'] : ['object'];
}

/** A forged cursor may hold anything. */
function read(value: unknown): PlaceValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value !== 'object' || value === null) return null;
  return Array.isArray(value) && value[0] === 'list' ? ['list'] : ['object'];
}

/** @param query names the collection, filter and sort */
export function writeCursor(query: string, values: readonly (Json | undefined)[]): string {
  const written = values.map(write);
  return Buffer.from(JSON.stringify([mark(query, written), ...written])).toString('base64url');
}

/** @throws InvalidCursor it was altered or belongs to another query */
export function readCursor(query: string, cursor: string): Place {
  if (cursor.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(cursor)) throw new InvalidCursor();
  const bytes = Buffer.from(cursor, 'base64url');
  // Decoding overlooks spare bits at the end.
  if (bytes.toString('base64url') !== cursor) throw new InvalidCursor();
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new InvalidCursor();
  }
  if (!Array.isArray(parsed)) throw new InvalidCursor();
  const [marked, ...values] = parsed;
  if (marked !== mark(query, values)) throw new InvalidCursor();
  return values.map(read);
}
