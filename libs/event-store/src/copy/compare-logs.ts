import type { Position } from '#crm';
import { BEFORE_FIRST, type EventStore, type StoredEvent } from '../event-store.port.js';
import { logPages } from '../log-pages.js';
import { differingPart, LogsDiffer } from './logs-differ.js';

type Log = Pick<EventStore, 'readAll'>;

export interface CompareLogs {
  readonly source: Log;
  readonly target: Log;
  /** Of the source's last event that counts, inclusive. */
  readonly upTo: Position;
  readonly onProgress?: (events: number, reached: Position) => void;
  readonly signal?: AbortSignal;
}

/** How far the target is the beginning of the source. */
export interface CommonPart {
  readonly events: number;
  /** Position of its last event in the source. */
  readonly reached: Position;
  /** Whether the source goes on behind it. */
  readonly more: boolean;
}

const PAGE = 1_000;

/**
 * Reads both logs side by side and compares every event, and so their order too.
 * @throws LogsDiffer the target holds something else than the source's first events
 */
export async function compareLogs(options: CompareLogs): Promise<CommonPart> {
  const { source, target, upTo, onProgress, signal } = options;
  const left = each(source, upTo);
  const right = each(target);
  let events = 0;
  let reached = BEFORE_FIRST;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const copied = await right.next();
      if (copied.done) return { events, reached, more: !(await left.next()).done };
      const original = await left.next();
      if (original.done) throw new LogsDiffer(events + 1, 'the source has no such event');
      const part = differingPart(original.value, copied.value);
      if (part !== undefined) {
        const { stream, revision } = original.value;
        throw new LogsDiffer(events + 1, `its ${part} is not that of ${stream} at ${revision}`);
      }
      events += 1;
      reached = original.value.position;
      if (events % PAGE === 0) onProgress?.(events, reached);
    }
  } finally {
    await Promise.all([left.return(), right.return()]);
  }
}

async function* each(log: Log, upTo?: Position): AsyncGenerator<StoredEvent, void, undefined> {
  const until = upTo === undefined ? {} : { upTo };
  for await (const page of logPages<StoredEvent>(log, { size: PAGE, ...until })) yield* page;
}
