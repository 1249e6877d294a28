import { setTimeout as pause } from 'node:timers/promises';
import { isPassing } from './is-passing.js';

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** Runs work until it succeeds, fails for good, or has had its time. */
export async function retried<Result>(
  work: () => Promise<Result>,
  patienceMs: number,
): Promise<Result> {
  const until = performance.now() + patienceMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      // At random, so that the processes that lost the same primary do not come back in step.
      const waitMs = pauseMs * (0.5 + Math.random());
      if (!isPassing(error) || performance.now() + waitMs > until) throw error;
      await pause(waitMs);
    }
  }
}
