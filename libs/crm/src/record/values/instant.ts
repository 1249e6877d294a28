import type { Instant } from '../../kernel/ids.js';
import { parseInstant } from '../../kernel/instant.js';
import { accepted, type Reader, rejected, wrongType } from './reading.js';

/** A moment with its offset from UTC, read as `parseInstant` says. */
export const readInstant: Reader<Instant> = (raw, path) => {
  if (typeof raw !== 'string') return wrongType(path, 'a text');
  const instant = parseInstant(raw.trim());
  if (instant !== undefined) return accepted(instant);
  const message = 'This is not a time such as 2026-03-01T16:30:00+07:00.';
  return rejected(path, 'invalid_instant', message);
};
