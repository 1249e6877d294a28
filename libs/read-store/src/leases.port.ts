/** A right to work on something alone, as long as it is renewed. */
export interface Lease {
  /** What is worked on: `projections`. */
  readonly name: string;
  /** Who works on it; unique to a process. */
  readonly holder: string;
  /** Greater than every token given out for the name before. What is written under a lease carries it, as a fence. */
  readonly token: number;
}

/** A lease as it stands. */
export interface LeaseStanding extends Omit<Lease, 'holder'> {
  /** Undefined when it was let go. */
  readonly holder: string | undefined;
  /** Grows while its holder lives. */
  readonly renewals: number;
}

/**
 * Who may work on what, among processes that share a store. A lease alone keeps nobody from writing, since a process that was
 * paused does not know that it has lost it: the store refuses what is written under an older token (`WriteBatch.fence`).
 * Every adapter passes `leases.contract.ts`.
 *
 * No two clocks are compared. A lease is over when whoever wants it has seen it unrenewed for its time to live, on its own monotonic
 * clock. So a first `acquire` of a lease whose holder died answers undefined, and one after the time to live takes it: ask
 * again and again. Early or late expiry costs work done twice or a delay, never a wrong document.
 */
export interface Leases {
  /**
   * Takes a lease that nobody holds any more, or that `holder` itself holds; each time with a new token.
   * @param ttlMs how long (ms) it lasts unrenewed; renew it three times as often
   * @returns undefined while somebody else holds it
   */
  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>;
  /** False when the lease is lost. */
  renew(lease: Lease): Promise<boolean>;
  /** Lets the next one in at once; nothing happens when the lease is lost. */
  release(lease: Lease): Promise<void>;
  /** Leases that were ever taken, by name: these of them, or all. */
  standing(names?: readonly string[]): Promise<readonly LeaseStanding[]>;
  close(): Promise<void>;
}
