import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease, Leases } from './leases.port.js';

/** Work that one process at a time does. */
export interface Task {
  /** Name of its lease. */
  readonly name: string;
  /** @param lease what is written carries it */
  begin(lease: Lease): Promise<RunningTask>;
}

export interface RunningTask {
  /** Finishes what is at hand. After a lost lease too: somebody else may be at it by then. */
  end(): Promise<void>;
}

export interface TaskSharingOptions {
  readonly leases: Leases;
  /** Unique to this process. */
  readonly holder: string;
  readonly tasks: readonly Task[];
  /** How long (ms) a lease lasts unrenewed: for so long, and a third of it, a task rests when its process dies. */
  readonly ttlMs?: number;
  /** Told what went wrong; it is tried again. */
  readonly failed: (task: string, error: unknown) => void;
}

export interface TaskSharing {
  /** Resolves when everything was looked at once: what nobody did is begun. */
  start(): Promise<void>;
  /** Ends the tasks and gives their leases on. */
  stop(): Promise<void>;
  /** Names of the tasks that this process does now. */
  held(): readonly string[];
}

const TTL_MS = 6_000;
/** Between two tasks that nobody does (ms), for each that is held: processes that start together take turns. */
const TURN_MS = 60;

interface Held {
  readonly lease: Lease;
  readonly running: RunningTask;
}

/**
 * Shares tasks among processes by leases: each takes what nobody does, the one with less to do first, renews what it holds, and ends
 * what it has lost.
 */
export function shareTasks(options: TaskSharingOptions): TaskSharing {
  const { leases, holder, tasks, ttlMs = TTL_MS, failed } = options;
  const held = new Map<string, Held>();
  const stopping = new AbortController();
  let rounds: Promise<void> = Promise.resolve();

  async function keep(name: string, { lease, running }: Held): Promise<void> {
    if (await leases.renew(lease)) return;
    held.delete(name);
    failed(name, new Error('Its lease was lost; another process has taken it over.'));
    await running.end();
  }

  async function take(task: Task): Promise<boolean> {
    const lease = await leases.acquire(task.name, holder, ttlMs);
    if (!lease) return false;
    try {
      const running = await task.begin(lease);
      held.set(task.name, { lease, running });
      return true;
    } catch (error) {
      await leases.release(lease).catch(() => undefined);
      throw error;
    }
  }

  async function round(): Promise<void> {
    // Each by itself: what hinders one must not cost the others their leases.
    await Promise.all([...held].map(([name, entry]) => guarded(name, () => keep(name, entry))));
    for (const task of tasks) {
      if (stopping.signal.aborted) return;
      if (held.has(task.name)) continue;
      const taken = await guarded(task.name, () => take(task));
      if (taken) await pause(TURN_MS * held.size);
    }
  }

  async function guarded<Result>(
    name: string,
    work: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      failed(name, error);
      return undefined;
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  return {
    async start() {
      const first = round();
      rounds = (async () => {
        await first;
        while (!stopping.signal.aborted) {
          await pause(ttlMs / 3);
          await round();
        }
      })();
      await first;
    },
    async stop() {
      stopping.abort();
      await rounds;
      await Promise.all(
        [...held].map(([name, { lease, running }]) =>
          guarded(name, async () => {
            await running.end();
            await leases.release(lease);
          }),
        ),
      );
      held.clear();
    },
    held: () => [...held.keys()],
  };
}
