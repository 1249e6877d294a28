import type { Lease, LeaseStanding, Leases } from './leases.port.js';

/** The lease of a process that waits for a share of the tasks. One waits at a time: the others' turn comes when it has enough. */
export const WAITING = 'waiting for tasks';

/** How a process stands among those that it shares tasks with. */
export interface Look {
  /** A task of this process's that it should give on. */
  readonly surplus?: string;
  /** Tasks that nobody does and that are left to a process with less to do. */
  readonly left: ReadonlySet<string>;
}

export interface FairShare {
  look(held: readonly string[]): Promise<Look>;
  /** Whether this process waits for tasks: it should look often then. */
  isWaiting(): boolean;
  /** This process could not begin a task, or lost one: it asks for none for a while. */
  hindered(): void;
  /** Waits no longer. */
  leave(): Promise<void>;
}

export interface FairShareOptions {
  readonly leases: Leases;
  readonly holder: string;
  /** Of the leases of all tasks. */
  readonly names: readonly string[];
  /** How long (ms) a lease lasts, and how long a task is left to somebody else. */
  readonly ttlMs: number;
}

/** In times to live: for so long a process asks for no task that could not begin one, or lost one since it was away. */
const RESTS = 10;

/**
 * Evens tasks out among processes that start at different times. One with at least two tasks less than another waits; the one with
 * most gives one on, and leaves what is free to it, but not for longer than a lease lasts: what nobody took then is never given on
 * again. Nothing rests on this but who does what: leases alone say who may.
 */
export function createFairShare(options: FairShareOptions): FairShare {
  const { leases, holder, names, ttlMs } = options;
  const freeSince = new Map<string, number>();
  const given = new Set<string>();
  const kept = new Set<string>();
  let waiting: Lease | undefined;
  let restUntil = Number.NEGATIVE_INFINITY;
  let seen: LeaseStanding | undefined;

  async function waitIf(wants: boolean): Promise<void> {
    if (!wants) return leave();
    if (waiting && !(await leases.renew(waiting))) waiting = undefined;
    waiting ??= await leases.acquire(WAITING, holder, ttlMs);
  }

  async function leave(): Promise<void> {
    const left = waiting;
    waiting = undefined;
    if (left) await leases.release(left);
  }

  /** Another process that waits and was seen to live. */
  function waiterIn(standing: ReadonlyMap<string, LeaseStanding>): string | undefined {
    const now = standing.get(WAITING);
    const lives = seen?.holder === now?.holder && seen?.renewals !== now?.renewals;
    seen = now;
    return lives && now?.holder !== holder ? now?.holder : undefined;
  }

  /** Tasks that nobody does, and has not done for less than a lease lasts. */
  function freshlyFree(standing: ReadonlyMap<string, LeaseStanding>): readonly string[] {
    const now = performance.now();
    return names.filter((name) => {
      if (standing.get(name)?.holder !== undefined) {
        freeSince.delete(name);
        given.delete(name);
        return false;
      }
      const since = freeSince.get(name) ?? now;
      freeSince.set(name, since);
      if (now - since < ttlMs) return true;
      if (given.has(name)) kept.add(name);
      return false;
    });
  }

  return {
    async look(held) {
      const all = await leases.standing([...names, WAITING]);
      const standing = new Map(all.map((lease) => [lease.name, lease]));
      const counts = new Map([[holder, 0], ...countsOf(standing, names)]);
      const most = Math.max(...counts.values());
      await waitIf(held.length + 2 <= most && performance.now() >= restUntil);
      const waiter = waiterIn(standing);
      const free = freshlyFree(standing);
      if (waiter === undefined) return { left: new Set() };
      const theirs = counts.get(waiter) ?? 0;
      const left = new Set(held.length > theirs ? free : []);
      // Of several that have most, one gives.
      const giver = [...counts.keys()].sort().find((one) => counts.get(one) === most);
      const surplus = held.filter((name) => !kept.has(name)).at(-1);
      if (giver !== holder || held.length < theirs + 2 || surplus === undefined) return { left };
      given.add(surplus);
      return { surplus, left: left.add(surplus) };
    },
    isWaiting: () => waiting !== undefined,
    hindered() {
      restUntil = performance.now() + RESTS * ttlMs;
    },
    leave,
  };
}

/** How many tasks each process has. */
function countsOf(
  standing: ReadonlyMap<string, LeaseStanding>,
  names: readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    const other = standing.get(name)?.holder;
    if (other !== undefined) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  return counts;
}
