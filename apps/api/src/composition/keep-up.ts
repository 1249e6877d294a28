import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '#platform';

const RETRY_MS = 1_000;

/** Runs something that follows the log until the signal aborts; when it fails, it is begun again. */
export async function keepUp(
  part: string,
  follow: (signal: AbortSignal) => Promise<void>,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await follow(signal);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn('Following the log failed and will be retried.', { part, error });
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
