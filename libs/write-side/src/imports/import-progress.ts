import type { ImportState, Instant, Position } from '#crm';
import type { RecordedImport } from './import-register.js';
import type { ImportTally } from './run-import.js';

/** A run in this process: how far it is, and since when from where. */
export interface LiveRun {
  readonly tally: ImportTally;
  readonly since: { readonly atMs: number; readonly rows: number };
}

/** An import with how fast it goes. */
export interface ImportProgress {
  readonly state: ImportState;
  /** Behind everything that is recorded of it: of an import that is done, behind its last row. */
  readonly position: Position;
  /** Rows done in a second: of the present run, or of the whole import once it is over. */
  readonly ratePerSecond?: number;
  /** How long the rest will take at that rate. */
  readonly remainingSeconds?: number;
}

/** The state as recorded, with what the run in this process knows beyond it. */
export function progressOf(
  { state: recorded, position }: RecordedImport,
  live: LiveRun | undefined,
  now: Instant,
): ImportProgress {
  const ahead = recorded.status === 'running' && live && live.tally.rows > recorded.rows;
  const { upToLine, rows, counts } = ahead ? live.tally : recorded;
  const state = { ...recorded, upToLine, rows, counts };
  const rate = ratePerSecond(state, live, now);
  if (rate === undefined) return { state, position };
  const ratePer = { ratePerSecond: Math.round(rate * 10) / 10 };
  if (state.status !== 'running' || !state.file) return { state, position, ...ratePer };
  const remainingSeconds = Math.ceil(Math.max(0, state.file.rows - state.rows) / rate);
  return { state, position, ...ratePer, remainingSeconds };
}

function ratePerSecond(
  state: ImportState,
  live: LiveRun | undefined,
  now: Instant,
): number | undefined {
  const { startedAt, finishedAt, rows } = state;
  if (finishedAt !== undefined && startedAt !== undefined) {
    return rate(rows, Date.parse(finishedAt) - Date.parse(startedAt));
  }
  if (!live) {
    const running = state.status === 'running' && startedAt !== undefined;
    return running ? rate(rows, Date.parse(now) - Date.parse(startedAt)) : undefined;
  }
  return rate(rows - live.since.rows, Date.parse(now) - live.since.atMs);
}

function rate(rows: number, ms: number): number | undefined {
  return rows > 0 ? (rows * 1_000) / Math.max(1, ms) : undefined;
}
