import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Position, Revision } from '#crm';
import type { BoundedMap } from '../bounded-map.js';
import { StoreDamaged, StoreUnavailable } from '../errors.js';
import type { ReadAll, ReadStream, StoredEvent } from '../event-store.port.js';
import type { Database } from './database.js';
import { COLUMNS, type EventRow, toStoredEvent } from './event-rows.js';
import { createLogScan, type LogScan } from './log-scan.js';
import { asStoreError } from './store-errors.js';

export interface Reader {
  readStream(read: ReadStream): Promise<readonly StoredEvent[]>;
  readAll(read: ReadAll): Promise<readonly StoredEvent[]>;
  readonly scan: LogScan;
}

/** Rows of one query: a bound on how long the event loop is held. */
const PAGE = 1_000;

/** @param head position of the last event that a reader may see */
export function createReader(
  database: Database.Database,
  file: string,
  head: () => Position,
  revisions: BoundedMap<string, Revision> | undefined,
  isClosed: () => boolean,
): Reader {
  const page = (order: 'ASC' | 'DESC', from: '>=' | '<=') =>
    database
      .prepare(
        `SELECT ${COLUMNS} FROM events WHERE stream = ? AND revision ${from} ? ORDER BY revision ${order} LIMIT ?`,
      )
      .raw();
  const forwards = page('ASC', '>=');
  const backwards = page('DESC', '<=');
  const scan = createLogScan(database, file, head);

  function query<Result>(run: () => Result): Result {
    if (isClosed()) throw new StoreUnavailable('it was closed');
    try {
      return run();
    } catch (error) {
      throw asStoreError(file, error);
    }
  }

  /** A stream has no gaps, so one between two rows is a lost row. */
  function checkSequence(rows: readonly EventRow[], first: Revision, step: 1 | -1): void {
    for (const [index, row] of rows.entries()) {
      if (row[2] === first + index * step) continue;
      throw new StoreDamaged(file, `stream ${row[1]} lacks revision ${first + index * step}`);
    }
  }

  async function readStream(read: ReadStream): Promise<readonly StoredEvent[]> {
    const { stream, direction = 'forwards', limit = Number.MAX_SAFE_INTEGER } = read;
    const forward = direction === 'forwards';
    const step = forward ? 1 : -1;
    const events: StoredEvent[] = [];
    checkWhole('limit', limit);
    let next = checkWhole('from', read.from ?? (forward ? 0 : Number.MAX_SAFE_INTEGER));
    while (events.length < limit) {
      if (events.length > 0) await nextTurn();
      const size = Math.min(PAGE, limit - events.length);
      const rows = query(() =>
        (forward ? forwards : backwards).all([stream, next, size]),
      ) as EventRow[];
      const [first] = rows;
      // Backwards the first row may be any: the stream ends where it ends.
      checkSequence(rows, !forward && first && events.length === 0 ? first[2] : next, step);
      for (const row of rows) events.push(toStoredEvent(file, row));
      next += rows.length * step;
      if (!forward && rows.length > 0) next = (rows.at(-1) as EventRow)[2] - 1;
      if (rows.length < size) {
        if (!forward && rows.length > 0 && next >= 0) {
          throw new StoreDamaged(file, `stream ${stream} lacks revision ${next}`);
        }
        if (forward && events.length > 0) remember(stream, next - 1);
        break;
      }
    }
    return events;
  }

  /** Spares the append that usually follows a query; the whole end of the stream was just seen. */
  function remember(stream: string, revision: Revision): void {
    if ((revisions?.get(stream) ?? -1) < revision) revisions?.set(stream, revision);
  }

  async function readAll(read: ReadAll): Promise<readonly StoredEvent[]> {
    const { direction = 'forwards', limit, prefixes } = read;
    checkWhole('limit', limit);
    const forward = direction === 'forwards';
    const events: StoredEvent[] = [];
    let from = checkWhole('from', read.from ?? (forward ? 0 : Number.MAX_SAFE_INTEGER));
    while (events.length < limit) {
      const size = Math.min(PAGE, limit - events.length);
      const part = query(() => scan(direction, from, size, prefixes));
      events.push(...part.events);
      if (part.atEnd) break;
      from = part.reached + (forward ? 1 : -1);
      await nextTurn();
    }
    return events;
  }

  return {
    readStream,
    readAll,
    scan: (...args) => query(() => scan(...args)),
  };
}

function checkWhole(name: string, value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`${name} must be a whole number.`);
}
