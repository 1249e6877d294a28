import type { Position } from '#crm';
import { BoundedMap } from '../bounded-map.js';
import { StoreDamaged } from '../errors.js';
import type { StoredEvent } from '../event-store.port.js';
import type { Database } from './database.js';
import { COLUMNS, type EventRow, toStoredEvent } from './event-rows.js';
import { prefixCondition } from './prefix-range.js';

export interface Scanned {
  readonly events: readonly StoredEvent[];
  /** The last position that was looked at, matching or not. */
  readonly reached: Position;
  /** Nothing is left in this direction for now. */
  readonly atEnd: boolean;
}

/** Looks at a bounded stretch of the log from a position, inclusive. Says how far it came. */
export type LogScan = (
  direction: 'forwards' | 'backwards',
  from: Position,
  limit: number,
  prefixes: readonly string[] | undefined,
) => Scanned;

/** Positions looked at in one call when most may not match: some 3 ms. */
const WINDOW = 10_000;
/** Streams of a prefix with no more events than this are looked up by the stream index rather than sought through the log. */
const SPARSE = 1_000;

interface Filter {
  readonly prefixes: readonly string[];
  readonly find: Record<'forwards' | 'backwards', Database.Statement<unknown[]>>;
  readonly positions: Database.Statement<unknown[]>;
  readonly parameters: readonly string[];
  /** Once there are many there never are few again. */
  dense: boolean;
}

export function createLogScan(
  database: Database.Database,
  file: string,
  head: () => Position,
): LogScan {
  const select = (condition: string, order: 'ASC' | 'DESC') =>
    database
      .prepare(
        `SELECT ${COLUMNS} FROM events NOT INDEXED
         WHERE position BETWEEN ? AND ? AND (${condition}) ORDER BY position ${order} LIMIT ?`,
      )
      .raw();
  const selectAll = { forwards: select('1', 'ASC'), backwards: select('1', 'DESC') };
  const one = database.prepare(`SELECT ${COLUMNS} FROM events WHERE position = ?`).raw();
  const filters = new BoundedMap<string, Filter>(100);

  function filterFor(prefixes: readonly string[]): Filter {
    const key = JSON.stringify(prefixes);
    const known = filters.get(key);
    if (known) return known;
    const { sql, parameters } = prefixCondition(prefixes);
    const filter: Filter = {
      prefixes,
      parameters,
      find: { forwards: select(sql, 'ASC'), backwards: select(sql, 'DESC') },
      positions: database
        .prepare(`SELECT position FROM events INDEXED BY events_by_stream WHERE ${sql} LIMIT ?`)
        .raw(),
      dense: false,
    };
    filters.set(key, filter);
    return filter;
  }

  /** All positions that match when they are few, ascending; undefined when they are many. */
  function sparsePositions(filter: Filter): Position[] | undefined {
    if (filter.dense) return undefined;
    const rows = filter.positions.all([...filter.parameters, SPARSE + 1]) as [Position][];
    filter.dense = rows.length > SPARSE;
    return filter.dense ? undefined : rows.map(([position]) => position).sort((a, b) => a - b);
  }

  function rowAt(position: Position): EventRow {
    const [row] = one.all(position) as EventRow[];
    if (row) return row;
    throw new StoreDamaged(file, `event ${position} is missing`, position);
  }

  /** Positions have no gaps, so a missing one is a lost event. */
  function checkComplete(rows: readonly EventRow[], first: Position, step: 1 | -1): void {
    for (const [index, row] of rows.entries()) {
      const expected = first + index * step;
      if (row[0] !== expected) {
        throw new StoreDamaged(file, `event ${expected} is missing`, expected);
      }
    }
  }

  return (direction, from, limit, prefixes) => {
    const forward = direction === 'forwards';
    const step = forward ? 1 : -1;
    const last = head();
    const start = forward ? Math.max(from, 1) : Math.min(from, last);
    const none: Scanned = { events: [], reached: forward ? last : 0, atEnd: true };
    if (forward ? start > last : start < 1) return none;

    const done = (rows: readonly EventRow[], reached: Position): Scanned => ({
      events: rows.map((row) => toStoredEvent(file, row)),
      reached,
      atEnd: forward ? reached >= last : reached <= 1,
    });
    const filter = prefixes && filterFor(prefixes);
    const sparse = filter && sparsePositions(filter);
    if (sparse) {
      const ahead = sparse.filter((p) => (forward ? p >= start && p <= last : p <= start));
      if (!forward) ahead.reverse();
      const taken = ahead.slice(0, limit);
      const more = ahead.length > taken.length;
      return done(taken.map(rowAt), more ? (taken.at(-1) as Position) : none.reached);
    }
    const window = filter ? WINDOW : limit;
    const end = forward ? Math.min(start + window - 1, last) : Math.max(start - window + 1, 1);
    const statement = filter ? filter.find[direction] : selectAll[direction];
    const rows = statement.all([
      Math.min(start, end),
      Math.max(start, end),
      ...(filter?.parameters ?? []),
      limit,
    ]) as EventRow[];
    if (!filter) {
      checkComplete(rows, start, step);
      const missing = start + rows.length * step;
      if (rows.length < Math.abs(end - start) + 1) {
        throw new StoreDamaged(file, `event ${missing} is missing`, missing);
      }
    }
    return done(rows, rows.length === limit ? (rows.at(-1) as EventRow)[0] : end);
  };
}
