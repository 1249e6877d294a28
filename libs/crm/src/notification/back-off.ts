/** How long to wait between attempts at something that fails, and how often it is tried. */
export const BACK_OFF = { firstMs: 30_000, mostMs: 3_600_000, attempts: 10 } as const;

/**
 * Milliseconds to wait after so many failed attempts (from 1): anywhere up to 30 s, twice as much after each, at most an hour. All of it
 * is left to chance ("full jitter"), so that what failed together is not tried again together.
 * @param chance 0 up to and without 1
 * @param asked what the other end asked for, in ms: waited at least, up to an hour
 */
export function backOffMs(failed: number, chance: number, asked = 0): number {
  const most = Math.min(BACK_OFF.mostMs, BACK_OFF.firstMs * 2 ** (failed - 1));
  return Math.max(Math.floor(most * chance), Math.min(asked, BACK_OFF.mostMs));
}
