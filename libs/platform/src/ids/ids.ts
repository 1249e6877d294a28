import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { Uuid } from '#crm';

/** The one source of ids that nothing else determines. */
export interface IdSource {
  /** An id that no other call ever answers. */
  next(): Uuid;
}

/** Random ids that sort by the time they were made (UUIDv7), so that new rows land at the end of an index. */
export const timeOrderedIds: IdSource = createTimeOrderedIds();

/**
 * As the library makes them when nothing is given to it (RFC 9562, section 6.2: a counter that starts at random in each
 * millisecond), but with randomness drawn for many at a time: a call of the generator each costs more than all else.
 */
function createTimeOrderedIds(): IdSource {
  const pool = Buffer.alloc(16 * 256);
  let used = pool.length;
  let msecs = Number.NEGATIVE_INFINITY;
  let seq = 0;
  return {
    next() {
      if (used === pool.length) {
        randomFillSync(pool);
        used = 0;
      }
      const random = pool.subarray(used, used + 16);
      used += 16;
      const now = Date.now();
      if (now > msecs) {
        msecs = now;
        // Half of the counter's 32 bits are left to count with.
        seq = random.readUInt32BE(6) >>> 1;
      } else {
        seq += 1;
      }
      return v7({ msecs, seq, random });
    },
  };
}

/** Ids for tests: the same ones in the same order every time. */
export function countingIds(): IdSource {
  let count = 0;
  return {
    next() {
      count += 1;
      return `00000000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`;
    },
  };
}
