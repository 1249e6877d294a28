import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type ImportCommand, type ImportState, type NameLookups, Refusal, type Uuid } from '#crm';
import { isError } from '#platform';
import type { Authority, Envelope } from '../execution/envelope.js';
import type { Executed } from '../execution/executed.js';
import type { RowSurroundings } from './carry-out-row.js';
import { ContentProblem } from './content-problem.js';
import type { LiveRun } from './import-progress.js';
import { importFile } from './receive-content.js';
import { runImport } from './run-import.js';

export interface ImportRunnerOptions extends RowSurroundings {
  /** Where files of imports are kept. */
  readonly folder: string;
  /** Names as they are when a run begins. */
  readonly names: () => Promise<NameLookups>;
  /** What a user may do now; undefined when they may no longer come in. */
  readonly authorityOf: (userId: Uuid) => Authority | undefined;
  readonly execute: (
    id: Uuid,
    command: ImportCommand,
    envelope: Envelope,
  ) => Promise<Executed<ImportState>>;
  /** Hears of a run that broke off and will be begun again. */
  readonly failed: (importId: Uuid, error: unknown) => void;
  /** How long to wait before a run that broke off is begun again. */
  readonly retryMs?: number;
}

/** Runs imports in the background, a few at a time. */
export interface ImportRunner {
  /** Begins, or goes on where the state says. One that runs already goes on. */
  run(state: ImportState): void;
  live(id: Uuid): LiveRun | undefined;
  /** Ends the run of an import that was cancelled. */
  cancelled(id: Uuid): Promise<void>;
  stop(): Promise<void>;
}

/** Imports that run at once; others wait. */
const AT_ONCE = 2;
/** Runs without any row done in between, after which an import is given up. */
const FRUITLESS_RUNS = 5;

interface Run {
  readonly stopping: AbortController;
  readonly ended: Promise<void>;
  live?: LiveRun;
}

export function createImportRunner(options: ImportRunnerOptions): ImportRunner {
  const { folder, execute, failed, retryMs = 2_000 } = options;
  const runs = new Map<Uuid, Run>();
  const inTurn = atMost(AT_ONCE);
  let stopped = false;

  /** Records something about the import as its importer, who may be gone by now. */
  const record = ({ id, by }: ImportState, command: ImportCommand) =>
    execute(id, command, {
      authority: options.authorityOf(by) ?? { actor: { kind: 'user', id: by }, may: () => false },
      commandId: randomUUID(),
      correlationId: id,
      fresh: true,
    });

  async function once(state: ImportState, run: Run): Promise<ImportState> {
    const since = { atMs: Date.parse(options.now()), rows: state.rows };
    let latest = state;
    await options.duplicates.catchUp();
    const finished = await runImport(state, {
      ...options,
      path: importFile(folder, state.id),
      lookups: await options.names(),
      authority: () => options.authorityOf(state.by),
      signal: run.stopping.signal,
      tallied: (tally) => {
        run.live = { tally, since };
      },
      report: async (tally, issues) => {
        const { upToLine, rows, counts } = tally;
        const command = { kind: 'progress', upToLine, rows, counts, issues } as const;
        latest = (await record(state, command)).state;
      },
    });
    return finished ? (await record(latest, { kind: 'complete' })).state : latest;
  }

  /** Runs until the import is over or this process stops. */
  async function untilOver(first: ImportState, run: Run): Promise<void> {
    let state = first;
    let fruitless = 0;
    while (state.status === 'running' && !run.stopping.signal.aborted) {
      const { rows } = state;
      try {
        state = await once(state, run);
      } catch (error) {
        if (isOver(error)) break;
        const problem = problemOf(error) ?? (++fruitless >= FRUITLESS_RUNS ? BROKEN : undefined);
        if (problem) {
          await record(state, { kind: 'fail', ...problem });
          break;
        }
        if ((run.live?.tally.rows ?? rows) > rows) fruitless = 0;
        failed(state.id, error);
        await pause(retryMs, run.stopping.signal);
        // What was reported before it broke off counts; the stream knows.
        state = (await record(state, { kind: 'progress', ...state, issues: [] })).state;
      }
    }
    const goesOn = state.status === 'running' && run.stopping.signal.aborted;
    if (!goesOn) await rm(importFile(folder, state.id), { force: true });
  }

  return {
    run(state) {
      if (stopped || runs.has(state.id)) return;
      const stopping = new AbortController();
      const run: Run = {
        stopping,
        ended: Promise.resolve()
          .then(() => inTurn(() => untilOver(state, run)))
          .catch((error) => failed(state.id, error))
          .finally(() => runs.delete(state.id)),
      };
      runs.set(state.id, run);
    },
    live: (id) => runs.get(id)?.live,
    async cancelled(id) {
      const run = runs.get(id);
      run?.stopping.abort();
      await run?.ended;
    },
    async stop() {
      stopped = true;
      for (const { stopping } of runs.values()) stopping.abort();
      await Promise.all([...runs.values()].map(({ ended }) => ended));
    },
  };
}

const BROKEN = {
  code: 'internal_error',
  message: 'The import broke off again and again; the log says where.',
} as const;

/** The import was cancelled or ended by another: there is nothing left to record. */
function isOver(error: unknown): boolean {
  return error instanceof Refusal && error.kind === 'conflict' && error.code.startsWith('import_');
}

/** What will not get better by trying again. */
function problemOf(error: unknown) {
  if (error instanceof ContentProblem) {
    const { code, detail: message, line } = error;
    return { code, message, ...(line !== undefined && { line }) };
  }
  if (error instanceof Refusal) return { code: error.code, message: error.detail };
  if (isError(error) && 'code' in error && error.code === 'ENOENT') {
    return { code: 'file_missing', message: 'The file of the import is no longer there.' };
  }
  return undefined;
}

/** Runs so many at once, the others in the order in which they came. */
function atMost(count: number): (work: () => Promise<void>) => Promise<void> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
