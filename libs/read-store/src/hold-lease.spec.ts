import { setTimeout as pause } from 'node:timers/promises';
import { holdLease } from './hold-lease.js';
import type { Lease, Leases } from './leases.port.js';

/** Leases of which one is there, as far as these tests need them. */
function leasesOf() {
  let holder: string | undefined;
  const calls = { renewals: 0 };
  let renewal: () => Promise<boolean> = async () => holder !== undefined;
  const leases: Leases = {
    async acquire(name, who): Promise<Lease | undefined> {
      if (holder !== undefined) return undefined;
      holder = who;
      return { name, holder: who, token: 1 };
    },
    renew: () => {
      calls.renewals += 1;
      return renewal();
    },
    release: async () => {
      holder = undefined;
    },
    standing: async () => [],
    close: async () => undefined,
  };
  return {
    leases,
    calls,
    holder: () => holder,
    renewsBy: (how: typeof renewal) => {
      renewal = how;
    },
  };
}
const TTL_MS = 60;
const hold = (leases: Leases, holder = 'a') =>
  holdLease({ leases, name: 'import 1', holder, ttlMs: TTL_MS });

describe('A lease that is held', () => {
  it('is renewed until it is released, and then free', async () => {
    const { leases, calls, holder } = leasesOf();
    const held = await hold(leases);
    expect(await hold(leases, 'b')).toBeUndefined();
    await pause(2 * TTL_MS);
    expect(calls.renewals).toBeGreaterThanOrEqual(3);
    expect(held?.lost.aborted).toBe(false);
    await held?.release();
    expect(holder()).toBeUndefined();
    const { renewals } = calls;
    await pause(TTL_MS);
    expect(calls.renewals).toBe(renewals);
  });

  it('tells at once when somebody else has taken it, and leaves it to them', async () => {
    const { leases, holder, renewsBy } = leasesOf();
    const held = await hold(leases);
    renewsBy(async () => false);
    await pause(TTL_MS);
    expect(held?.lost.aborted).toBe(true);
    await held?.release();
    expect(holder()).toBe('a');
  });

  it.each([
    ['fails', () => Promise.reject(new Error('away'))],
    ['does not answer', () => new Promise<boolean>(() => undefined)],
  ])('is lost when the store %s for as long as it lasts', async (_, how) => {
    const { leases, renewsBy } = leasesOf();
    const held = await hold(leases);
    renewsBy(how);
    await pause(TTL_MS / 2);
    expect(held?.lost.aborted).toBe(false);
    await pause(2 * TTL_MS);
    expect(held?.lost.aborted).toBe(true);
    await held?.release();
  });
});
