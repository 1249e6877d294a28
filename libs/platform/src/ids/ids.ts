import { v7 } from 'uuid';
import type { Uuid } from '#crm';

/** The one source of ids that nothing else determines. */
export interface IdSource {
  /** An id that no other call ever answers. */
  next(): Uuid;
}

/** Random ids that sort by the time they were made (UUIDv7), so that new rows land at the end of an index. */
export const timeOrderedIds: IdSource = { next: () => v7() };

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
