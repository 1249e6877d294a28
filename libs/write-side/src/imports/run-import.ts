import type { Readable } from 'node:stream';
import {
  bindColumns,
  type ImportCounts,
  type ImportState,
  type Instant,
  type NameLookups,
  type RowIssue,
} from '#crm';
import type { Authority } from '../execution/envelope.js';
import { carryOutRow, type RowOutcome, type RowSurroundings } from './carry-out-row.js';
import { ContentProblem } from './content-problem.js';
import { rowPreparation } from './prepare-row.js';
import { readRows } from './read-rows.js';

/** How far an import is. */
export interface ImportTally {
  readonly upToLine: number;
  readonly rows: number;
  readonly counts: ImportCounts;
}

export interface ImportRunOptions extends RowSurroundings {
  /** The file from its beginning; undefined when it is no longer there. */
  readonly content: () => Promise<Readable | undefined>;
  readonly lookups: NameLookups;
  /** What the importer may do now; undefined when they may no longer come in. */
  readonly authority: () => Authority | undefined;
  /** Records how far it is; what it throws ends the run. */
  readonly report: (tally: ImportTally, issues: readonly RowIssue[]) => Promise<void>;
  /** Hears of every row, in the order of the file. */
  readonly tallied: (tally: ImportTally) => void;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
}

/** Rows under way at once: enough for appends to share their fsync. */
const AT_ONCE = 64;
/** A report is due after so many rows, issues or milliseconds. */
const DUE = { rows: 1_000, issues: 400, ms: 1_000 } as const;
/** Issues kept of one import; more are counted only. */
const MAX_ISSUES = 10_000;
/** How often a row is tried when the store does not take it, with a pause that doubles from the first. */
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 100;

/**
 * Carries out the rows of an import from where it was left, and reports now and then. Rows after the last report are
 * carried out again by the next run, which finds them done.
 * @returns false when the signal aborted before the last row
 * @throws ContentProblem; what `report` throws; what a row throws again and again
 */
export async function runImport(state: ImportState, options: ImportRunOptions): Promise<boolean> {
  const { signal, settings } = options;
  const { file, mapping = {}, recordType } = state;
  if (!file) throw new ContentProblem('file_missing', 'The import has no file.');
  const content = await options.content();
  if (!content) {
    throw new ContentProblem('file_missing', 'The file of the import is no longer there.');
  }
  const rows = readRows(content, file.delimiter);
  const first = await rows.next();
  const header = first.done ? [] : first.value.cells;
  const bound = bindColumns(recordType, mapping, header, settings.current());
  const prepare = rowPreparation({
    ...{ recordType, header, bound, lookups: options.lookups, settings: settings.current() },
    ...{ importer: state.by, options: state.options },
  });
  const shared = { id: state.id, recordType, options: state.options, header, bound };

  let tally: ImportTally = state;
  let unreported: RowIssue[] = [];
  let kept = state.issues;
  let reportedRows = state.rows;
  let reportedAt = performance.now();
  const underWay: Promise<RowOutcome>[] = [];
  const inOrder = oneAtATime<RowOutcome>();

  const settleOldest = async () => {
    const outcome = await (underWay.shift() as Promise<RowOutcome>);
    tally = added(tally, outcome);
    const room = Math.max(0, MAX_ISSUES - kept);
    const told = outcome.issues.slice(0, room);
    kept += told.length;
    unreported.push(...told);
    options.tallied(tally);
  };
  const report = async () => {
    await options.report(tally, unreported);
    unreported = [];
    reportedRows = tally.rows;
    reportedAt = performance.now();
  };
  const due = () =>
    tally.rows - reportedRows >= DUE.rows ||
    unreported.length >= DUE.issues ||
    performance.now() - reportedAt >= DUE.ms;

  let finished = true;
  try {
    for await (const row of rows) {
      if (signal.aborted) {
        finished = false;
        break;
      }
      const prepared = prepare(row);
      // What came before is prepared again, so that repetitions are known, and not carried out again.
      if (row.line <= state.upToLine) continue;
      const authority = options.authority();
      if (!authority) {
        throw new ContentProblem(
          'importer_not_active',
          'The importing user may no longer come in.',
        );
      }
      const carryOut = () =>
        persistently(() => carryOutRow(prepared, { ...shared, authority }, options), signal);
      // Rows of one key are about one record: the later ones find it as the first left it.
      const carried =
        prepared.kind === 'ready' ? inOrder(prepared.commandId, carryOut) : carryOut();
      carried.catch(() => undefined);
      underWay.push(carried);
      if (underWay.length >= AT_ONCE) await settleOldest();
      if (due()) await report();
    }
  } finally {
    await Promise.allSettled(underWay);
  }
  while (underWay.length > 0) await settleOldest();
  await report();
  return finished;
}

function added({ rows, counts }: ImportTally, { line, outcome, issues }: RowOutcome): ImportTally {
  const duplicate = issues.some(({ kind }) => kind === 'duplicate') ? 1 : 0;
  return {
    upToLine: line,
    rows: rows + 1,
    counts: {
      ...counts,
      [outcome]: counts[outcome] + 1,
      duplicates: counts.duplicates + duplicate,
    },
  };
}

/** Tries again what is safe to repeat, for a store that does not answer for a moment. */
async function persistently<Result>(
  run: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= ATTEMPTS || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  }
}

/** Runs tasks of one name one after another, and those of different names side by side. */
function oneAtATime<Result>(): (name: string, task: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<Result>>();
  return (name, task) => {
    const running = last.get(name)?.then(task, task) ?? task();
    last.set(name, running);
    const settled = () => {
      if (last.get(name) === running) last.delete(name);
    };
    running.then(settled, settled);
    return running;
  };
}
