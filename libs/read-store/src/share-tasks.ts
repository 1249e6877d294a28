import { setTimeout as sleep } from 'node:timers/promises';
import { createFairShare, type Look } from './fair-share.js';
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
/** About twice what all turns of one process come to at most (ms), however many tasks there are: a dead process's work rests meanwhile. */
const ALL_TURNS_MS = 4_000;

interface Held {
  readonly lease: Lease;
  readonly beginning: Promise<RunningTask>;
  begun: boolean;
}

/** In a time to live: looks of a process that waits for tasks, and of one that does not. */
const LOOKS = { waiting: 12, otherwise: 3 } as const;

/**
 * Shares tasks among processes by leases: each takes what nobody does, the one with less to do first, renews what it holds, gives on
 * what a process with much less to do waits for, and ends what it has lost.
 */
export function shareTasks(options: TaskSharingOptions): TaskSharing {
  const { leases, holder, tasks, ttlMs = TTL_MS, failed } = options;
  const names = tasks.map(({ name }) => name);
  const turnMs = Math.min(TURN_MS, ALL_TURNS_MS / tasks.length ** 2);
  const share = createFairShare({ leases, holder, names, ttlMs });
  const held = new Map<string, Held>();
  /** Not to be begun again before they have ended. */
  const ending = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();

  async function keep(name: string, entry: Held): Promise<void> {
    if ((await leases.renew(entry.lease)) || held.get(name) !== entry) return;
    failed(name, new Error('Its lease was lost; another process has taken it over.'));
    share.hindered();
    end(name, entry);
  }

  function end(name: string, { lease, beginning }: Held): void {
    held.delete(name);
    const ended = guarded(name, async () => {
      // One that could not begin has said so.
      const begun = await beginning.catch(() => undefined);
      await begun?.end();
      await leases.release(lease);
    });
    ending.set(
      name,
      ended.then(() => void ending.delete(name)),
    );
  }

  async function take(task: Task): Promise<boolean> {
    const lease = await leases.acquire(task.name, holder, ttlMs);
    if (!lease) return false;
    const entry: Held = { lease, beginning: task.begin(lease), begun: false };
    held.set(task.name, entry);
    try {
      await entry.beginning;
      entry.begun = true;
      return true;
    } catch (error) {
      share.hindered();
      if (held.get(task.name) === entry) end(task.name, entry);
      throw error;
    }
  }

  async function giveOn(): Promise<Look | undefined> {
    const look = await guarded('a fair share', () => share.look(begun()));
    const entry = look?.surplus === undefined ? undefined : held.get(look.surplus);
    if (look?.surplus !== undefined && entry) end(look.surplus, entry);
    return look;
  }

  async function round(): Promise<void> {
    const look = await giveOn();
    for (const task of tasks) {
      const { name } = task;
      if (stopping.signal.aborted) return;
      if (held.has(name) || ending.has(name) || look?.left.has(name)) continue;
      const taken = await guarded(name, () => take(task));
      if (taken) await pause(turnMs * held.size);
    }
  }

  async function rounds(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(ttlMs / (share.isWaiting() ? LOOKS.waiting : LOOKS.otherwise));
      await round();
    }
  }

  /** Beside the rounds: a task that takes long to begin must not cost the others their leases, nor one the others. */
  async function renewals(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(ttlMs / LOOKS.otherwise);
      await Promise.all([...held].map(([name, entry]) => guarded(name, () => keep(name, entry))));
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

  function begun(): readonly string[] {
    return [...held].flatMap(([name, entry]) => (entry.begun ? [name] : []));
  }

  return {
    async start() {
      const first = round();
      running = Promise.all([first.then(rounds), renewals()]);
      await first;
    },
    async stop() {
      stopping.abort();
      await running;
      for (const [name, entry] of held) end(name, entry);
      await Promise.all([...ending.values(), guarded('a fair share', share.leave)]);
    },
    held: begun,
  };
}
