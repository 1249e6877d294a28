import { randomUUID } from 'node:crypto';
import type { ImportCommand, ImportState, NameLookups, Uuid } from '#crm';
import type { Uploads } from '#file-store';
import { atMost } from '../execution/at-most.js';
import type { Authority, Envelope } from '../execution/envelope.js';
import type { Executed } from '../execution/executed.js';
import type { RowSurroundings } from './carry-out-row.js';
import { BROKEN, failureOf, isOver } from './failure-of-run.js';
import type { LiveRun } from './import-progress.js';
import { ALWAYS_OURS, type ImportTurns } from './import-turns.port.js';
import { runImport } from './run-import.js';
import { uploadOf } from './upload-of.js';

export interface ImportRunnerOptions extends RowSurroundings {
  /** Where files of imports are kept. */
  readonly uploads: Uploads;
  /** Whose turn it is, where several processes carry imports out. */
  readonly turns?: ImportTurns;
  /** Names as they are when a run begins. */
  readonly names: () => Promise<NameLookups>;
  /** What a user may do now; undefined when they may no longer come in. */
  readonly authorityOf: (userId: Uuid) => Authority | undefined;
  readonly execute: (
    id: Uuid,
    command: ImportCommand,
    envelope: Envelope,
  ) => Promise<Executed<ImportState>>;
  /** The import as it is recorded by now, by whatever process. */
  readonly load: (id: Uuid) => Promise<ImportState>;
  /** Hears of a run that broke off and will be begun again. */
  readonly failed: (importId: Uuid, error: unknown) => void;
  /** How long to wait before a run that broke off is begun again. */
  readonly retryMs?: number;
}

/** Runs imports in the background, a few at a time. */
export interface ImportRunner {
  /** Begins, or goes on where it was left, unless another process is at it. One that runs already goes on. */
  run(id: Uuid): void;
  live(id: Uuid): LiveRun | undefined;
  /** Ends the run of an import that was cancelled, and throws its file away unless another process is still at it. */
  cancelled(state: ImportState): Promise<void>;
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
  const { uploads, execute, load, failed, retryMs = 2_000, turns = ALWAYS_OURS } = options;
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
      content: async () => uploads.open(uploadOf(state) ?? state.id),
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

  /** What becomes of an import whose run broke off. */
  async function afterFailure(
    state: ImportState,
    error: unknown,
    fruitless: number,
    run: Run,
  ): Promise<ImportState> {
    const failure = failureOf(error) ?? (fruitless >= FRUITLESS_RUNS ? BROKEN : undefined);
    if (failure) return (await record(state, { kind: 'fail', ...failure })).state;
    failed(state.id, error);
    await pause(retryMs, run.stopping.signal);
    // What was reported before it broke off counts; the stream knows.
    return (await record(state, { kind: 'progress', ...state, issues: [] })).state;
  }

  /** Runs until the import is over or this process stops. */
  async function untilOver(id: Uuid, run: Run): Promise<void> {
    let state = await loadPersistently(id, run.stopping.signal);
    let fruitless = 0;
    try {
      while (state.status === 'running' && !run.stopping.signal.aborted) {
        const { rows } = state;
        try {
          state = await once(state, run);
        } catch (error) {
          if (isOver(error)) throw error;
          const came = (run.live?.tally.rows ?? rows) > rows;
          fruitless = came ? 0 : fruitless + 1;
          state = await afterFailure(state, error, fruitless, run);
        }
      }
    } catch (error) {
      if (!isOver(error)) throw error;
      state = await load(id);
    }
    if (state.status !== 'running') await removeFile(state);
  }

  async function loadPersistently(id: Uuid, signal: AbortSignal): Promise<ImportState> {
    for (;;) {
      try {
        return await load(id);
      } catch (error) {
        if (signal.aborted) throw error;
        failed(id, error);
        await pause(retryMs, signal);
      }
    }
  }

  async function removeFile(state: ImportState): Promise<void> {
    const name = uploadOf(state);
    if (name !== undefined) await uploads.remove(name);
  }

  async function whenOurs(id: Uuid, run: Run): Promise<void> {
    if (run.stopping.signal.aborted) return;
    const turn = await turns.take(id);
    if (!turn) return;
    const stop = () => run.stopping.abort();
    turn.lost.addEventListener('abort', stop);
    try {
      await untilOver(id, run);
    } finally {
      turn.lost.removeEventListener('abort', stop);
      await turn.end();
    }
  }

  return {
    run(id) {
      if (stopped || runs.has(id)) return;
      const stopping = new AbortController();
      const run: Run = {
        stopping,
        ended: Promise.resolve()
          .then(() => inTurn(() => whenOurs(id, run)))
          .catch((error) => failed(id, error))
          .finally(() => runs.delete(id)),
      };
      runs.set(id, run);
    },
    live: (id) => runs.get(id)?.live,
    async cancelled(state) {
      const run = runs.get(state.id);
      run?.stopping.abort();
      await run?.ended;
      const turn = await turns.take(state.id);
      if (!turn) return;
      await removeFile(state).finally(turn.end);
    },
    async stop() {
      stopped = true;
      for (const { stopping } of runs.values()) stopping.abort();
      await Promise.all([...runs.values()].map(({ ended }) => ended));
    },
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
