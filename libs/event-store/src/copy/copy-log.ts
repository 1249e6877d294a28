import type { Position } from '#crm';
import { WrongExpectedRevision } from '../errors.js';
import { BEFORE_FIRST, type EventStore, type StoredEvent } from '../event-store.port.js';
import { logPages } from '../log-pages.js';
import { compareLogs } from './compare-logs.js';
import type { CopyTarget } from './copy-target.port.js';
import { LogsDiffer } from './logs-differ.js';
import { readAhead } from './read-ahead.js';
import { runsOf } from './runs-of.js';

export interface CopyLog {
  readonly source: Pick<EventStore, 'readAll'>;
  readonly target: CopyTarget;
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Called once it is known that the target holds nothing else, before anything is added: for what events refer to. */
  readonly prepare?: () => Promise<void>;
  /** Ends it between two appends; a later copy goes on there. */
  readonly signal?: AbortSignal;
}

export interface CopyProgress {
  /** Events that the target holds by now. */
  readonly events: number;
  /** How far the source's log was gone through, and where it ends, in positions of the source. */
  readonly reached: Position;
  readonly end: Position;
}

export interface CopiedLog {
  readonly events: number;
  /** How many of them the target held before. */
  readonly before: number;
  /** Of the source's last event as the copy began. */
  readonly end: Position;
}

/** Events read and handed over at once: a bound on memory. */
const PAGE = 500;

/**
 * Copies a log as it is stored: ids, types, sealed data, metadata, revisions and the order of all events are kept; positions are the
 * target's own. How far an earlier copy came is told by what the target holds, which is compared with the source before anything
 * is added.
 * @throws LogsDiffer the target holds other events
 */
export async function copyLog(options: CopyLog): Promise<CopiedLog> {
  const { source, target, onProgress, signal } = options;
  const end = await endOf(source);
  const told = (events: number, reached: Position) => onProgress?.({ events, reached, end });
  const begun = await compareLogs({
    ...{ source, target, upTo: end, onProgress: told },
    ...(signal && { signal }),
  });
  await options.prepare?.();
  let { events } = begun;
  const rest = { after: begun.reached, upTo: end, size: PAGE };
  for await (const page of readAhead(logPages<StoredEvent>(source, rest))) {
    signal?.throwIfAborted();
    await addTo(target, page, events);
    events += page.length;
    told(events, page.at(-1)?.position ?? end);
  }
  return { events, before: begun.events, end };
}

/** Position of the last event, also where others share the log and its head. */
export async function endOf(source: Pick<EventStore, 'readAll'>): Promise<Position> {
  const [last] = await source.readAll({ direction: 'backwards', limit: 1 });
  return last?.position ?? BEFORE_FIRST;
}

async function addTo(
  target: CopyTarget,
  page: readonly StoredEvent[],
  before: number,
): Promise<void> {
  try {
    await target.appendInOrder(runsOf(page));
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
    throw new LogsDiffer(
      before + 1,
      `somebody else writes to stream ${error.stream} of the target`,
    );
  }
}
