import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { Position } from '#crm';
import { StoreDamaged } from '../errors.js';
import { type Database, lastPosition } from './database.js';
import { COLUMNS, checkRow, type EventRow } from './event-rows.js';
import { asStoreError } from './store-errors.js';

/** How far a verification came. */
export interface VerifyProgress {
  readonly phase: 'events' | 'streams';
  readonly checked: number;
  /** Events in the log when it began. */
  readonly total: number;
}

/** A log up to this size is verified whole as it is opened: some 150 ms. */
export const FULL_CHECK_BYTES = 16 * 1024 * 1024;
/** Of a larger log the events written last, which a crash would have met. */
const TAIL = 2_000;
const BATCH = 500;

/**
 * The checks made before a log is used.
 *
 * @param acknowledged position that the head marker names
 * @throws StoreDamaged
 */
export function verifyAtStart(
  database: Database.Database,
  file: string,
  acknowledged: Position | undefined,
  fullCheckBytes: number,
): void {
  try {
    const last = lastPosition(database);
    if (acknowledged !== undefined && last < acknowledged) {
      throw new StoreDamaged(file, `it ends at ${last}, but ${acknowledged} was acknowledged`);
    }
    if (statSync(file).size <= fullCheckBytes) {
      const [row] = database.prepare('PRAGMA integrity_check(1)').raw().all() as [string][];
      if (row?.[0] !== 'ok') throw new StoreDamaged(file, 'SQLite finds its structure broken');
      for (const _ of eventBatches(database, file, 1, last));
    } else {
      for (const _ of eventBatches(database, file, Math.max(1, last - TAIL + 1), last));
    }
  } catch (error) {
    throw asStoreError(file, error);
  }
}

/**
 * Verifies the whole log in small steps, giving the event loop a turn between them: every event's checksum, that none is
 * missing, and that the index of streams holds exactly the same events.
 *
 * @throws StoreDamaged at the first damage
 */
export async function* verifyLog(
  database: Database.Database,
  file: string,
  signal: AbortSignal,
): AsyncGenerator<VerifyProgress, void, undefined> {
  try {
    const total = lastPosition(database);
    const inLog = new Fingerprint();
    for (const rows of eventBatches(database, file, 1, total)) {
      for (const [position, stream, revision] of rows) inLog.add(stream, revision, position);
      yield { phase: 'events', checked: inLog.count, total };
      await nextTurn();
      if (signal.aborted) return;
    }
    const inIndex = new Fingerprint();
    for (const rows of streamBatches(database)) {
      for (const [stream, revision, position] of rows) {
        if (position <= total) inIndex.add(stream, revision, position);
      }
      yield { phase: 'streams', checked: inIndex.count, total };
      await nextTurn();
      if (signal.aborted) return;
    }
    if (inIndex.count !== inLog.count || inIndex.sum !== inLog.sum) {
      throw new StoreDamaged(file, 'the index of streams does not match the events');
    }
  } catch (error) {
    throw asStoreError(file, error);
  }
}

/** A sum over events that does not depend on their order. */
class Fingerprint {
  count = 0;
  sum = 0;

  add(stream: string, revision: number, position: number): void {
    this.count += 1;
    this.sum = (this.sum + crc32(`${stream} ${revision} ${position}`)) % 2 ** 32;
  }
}

function* eventBatches(
  database: Database.Database,
  file: string,
  from: Position,
  to: Position,
): Generator<EventRow[], void, undefined> {
  const select = database
    .prepare(
      `SELECT ${COLUMNS} FROM events NOT INDEXED WHERE position >= ? ORDER BY position LIMIT ?`,
    )
    .raw();
  let next = from;
  while (next <= to) {
    const rows = select.all([next, Math.min(BATCH, to - next + 1)]) as EventRow[];
    for (const row of rows) {
      if (row[0] !== next) break;
      checkRow(file, row);
      next += 1;
    }
    const end = rows.at(-1)?.[0];
    if (end !== next - 1) throw new StoreDamaged(file, `event ${next} is missing`, next);
    yield rows;
  }
}

function* streamBatches(
  database: Database.Database,
): Generator<[string, number, number][], void, undefined> {
  const select = database
    .prepare(
      `SELECT stream, revision, position FROM events INDEXED BY events_by_stream
       WHERE (stream, revision) > (?, ?) ORDER BY stream, revision LIMIT ?`,
    )
    .raw();
  let after: [string, number] = ['', -1];
  for (;;) {
    const rows = select.all([...after, BATCH]) as [string, number, number][];
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = [last[0], last[1]];
  }
}
