import { setTimeout as pause } from 'node:timers/promises';

/** Waits longer from try to try. */
export interface BackOff {
  /** Ends early, without an error, when the signal aborts. */
  wait(signal?: AbortSignal): Promise<void>;
  reset(): void;
}

const FIRST_MS = 25;

export function createBackOff(longestMs: number): BackOff {
  let next = FIRST_MS;
  return {
    async wait(signal) {
      // Many that failed together do not come back together.
      const ms = next * (0.75 + Math.random() / 2);
      next = Math.min(2 * next, longestMs);
      await pause(ms, undefined, { signal }).catch(() => {});
    },
    reset() {
      next = FIRST_MS;
    },
  };
}
