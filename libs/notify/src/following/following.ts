import { setTimeout as pause } from 'node:timers/promises';
import type { Polling } from '#write-side';

export interface FollowingOptions {
  /** Follows the log until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
  readonly failed: (error: unknown) => void;
  /** Milliseconds before a failed one begins again. */
  readonly retryMs?: number;
}

/** Something that follows the log; when it fails, it is begun again from where it had got. */
export function createFollowing({ follow, failed, retryMs = 1_000 }: FollowingOptions): Polling {
  let stopping = new AbortController();
  let following: Promise<void> = Promise.resolve();

  async function keepOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await follow(signal);
      } catch (error) {
        if (signal.aborted) return;
        failed(error);
        await pause(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  return {
    start() {
      stopping = new AbortController();
      following = keepOn(stopping.signal);
    },
    async stop() {
      stopping.abort();
      await following;
    },
  };
}
