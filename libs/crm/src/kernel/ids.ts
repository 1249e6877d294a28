import { parse, v5 } from 'uuid';

/** A UUID in its canonical lower-case text form. */
export type Uuid = string;

/** A moment as ISO 8601 UTC with milliseconds, e.g. `2026-03-01T09:30:00.000Z`. */
export type Instant = string;

/** Where an event stands in the whole log: a safe integer that grows with every event, not without gaps. */
export type Position = number;

/** Where an event stands in its stream: 0 for the first, then without gaps. */
export type Revision = number;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a canonical lower-case UUID of any version. */
export function isUuid(value: unknown): value is Uuid {
  return typeof value === 'string' && UUID.test(value);
}

const utf8 = new TextEncoder();

/**
 * The name-based id (UUIDv5) of `name` within `namespace`. Equal input gives an equal id, which is what makes a
 * repeated command meet its own events instead of making new ones.
 */
export function deriveId(namespace: Uuid, name: string): Uuid {
  // As bytes: the library is slow to make them of texts.
  return v5(utf8.encode(name), parse(namespace));
}
