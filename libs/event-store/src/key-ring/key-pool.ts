import type { DataKey, KeyRing } from './key-ring.port.js';

/** Durable keys made ahead of use, so that a command does not wait for one to be written. */
export interface KeyPool {
  /** A key that was given to nobody before. Only waits when none is left. */
  take(): DataKey | Promise<DataKey>;
}

/** Keys made at once: few for a process that hardly writes, since those left at its end are never used. */
const FIRST = 32;
const MOST = 1_000;

export function createKeyPool(ring: Pick<KeyRing, 'allocate'>): KeyPool {
  const ready: DataKey[] = [];
  let size = FIRST;
  let refill: Promise<void> | undefined;

  function startRefill(): Promise<void> {
    refill ??= ring
      .allocate(size)
      .then((keys) => {
        ready.push(...keys);
        size = Math.min(2 * size, MOST);
      })
      .finally(() => {
        refill = undefined;
      });
    return refill;
  }

  async function wait(): Promise<DataKey> {
    for (;;) {
      const key = ready.pop();
      if (key) return key;
      await startRefill();
    }
  }

  return {
    take: () => {
      const key = ready.pop();
      if (ready.length < size / 4) {
        // A refill that fails is tried again by the next taker, and told to the one who finds the pool empty.
        startRefill().catch(() => {});
      }
      return key ?? wait();
    },
  };
}
