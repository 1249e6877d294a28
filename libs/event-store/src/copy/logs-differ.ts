import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '../event-store.port.js';

/** One log is not a copy of the other, and not the beginning of one. */
export class LogsDiffer extends Error {
  constructor(
    /** Which event, from 1 in the order of the log. */
    readonly number: number,
    readonly why: string,
  ) {
    super(`The logs differ at event ${number}: ${why}.`);
    this.name = 'LogsDiffer';
  }
}

/** Everything that an event is, but where it stands: positions are each store's own. */
const PARTS = ['id', 'stream', 'revision', 'type', 'data', 'metadata'] as const;

/** The first part in which an event is not the other's copy. */
export function differingPart(one: StoredEvent, other: StoredEvent): string | undefined {
  return PARTS.find((part) => !isDeepStrictEqual(one[part], other[part]));
}
