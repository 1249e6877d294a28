import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease, Leases } from './leases.port.js';

export interface HoldLease {
  readonly leases: Leases;
  readonly name: string;
  /** Unique to this process. */
  readonly holder: string;
  /** How long (ms) it lasts unrenewed. */
  readonly ttlMs: number;
}

/** A lease that is renewed until it is let go or lost. */
export interface HeldLease {
  /** Aborted when somebody else may have it. */
  readonly lost: AbortSignal;
  /** Lets the next one in at once. */
  release(): Promise<void>;
}

/**
 * Takes a lease and keeps it. It counts as lost, too, when the store has not been reached for as long as it lasts: others may have taken
 * it over by then.
 * @returns undefined while somebody else holds it: ask again, see `Leases`
 */
export async function holdLease(options: HoldLease): Promise<HeldLease | undefined> {
  const { leases, name, holder, ttlMs } = options;
  const asked = performance.now();
  const lease = await leases.acquire(name, holder, ttlMs);
  if (!lease) return undefined;
  const lost = new AbortController();
  const releasing = new AbortController();
  const renewing = renew(leases, lease, { ttlMs, asked, lost, releasing: releasing.signal });
  return {
    lost: lost.signal,
    async release() {
      releasing.abort();
      await renewing;
      if (!lost.signal.aborted) await leases.release(lease).catch(() => undefined);
    },
  };
}

interface Renewing {
  readonly ttlMs: number;
  /** When the lease began, at the latest: as it was asked for. */
  readonly asked: number;
  readonly lost: AbortController;
  readonly releasing: AbortSignal;
}

async function renew(
  leases: Leases,
  lease: Lease,
  { ttlMs, asked, lost, releasing }: Renewing,
): Promise<void> {
  let reached = asked;
  for (;;) {
    await sleep(ttlMs / 3, undefined, { signal: releasing }).catch(() => undefined);
    if (releasing.aborted) return;
    const now = performance.now();
    const held = await Promise.race([
      leases.renew(lease).catch(() => undefined),
      sleep(ttlMs / 3, undefined, { ref: false }),
    ]);
    if (held) reached = now;
    if (held === false || performance.now() - reached >= ttlMs) {
      lost.abort();
      return;
    }
  }
}
