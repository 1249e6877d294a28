/** A lease as it is stored: who holds it, by which token, and how often it was renewed since. */
export interface StoredLease {
  readonly token: number;
  /** Undefined when it was let go. */
  readonly holder: string | undefined;
  readonly ttlMs: number;
  readonly renewals: number;
}

/** Watches leases of others, by the clock of this process alone. */
export interface LeaseWatch {
  /** Whether the lease was seen unrenewed for its time to live, by now. */
  isOver(name: string, lease: StoredLease): boolean;
}

/** @param clock monotonic, in ms */
export function createLeaseWatch(clock: () => number = () => performance.now()): LeaseWatch {
  const seen = new Map<string, { token: number; renewals: number; since: number }>();
  return {
    isOver(name, { token, renewals, ttlMs }) {
      const before = seen.get(name);
      if (before?.token === token && before.renewals === renewals) {
        return clock() - before.since >= ttlMs;
      }
      seen.set(name, { token, renewals, since: clock() });
      return false;
    },
  };
}
