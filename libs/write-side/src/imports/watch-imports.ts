import { setTimeout as sleep } from 'node:timers/promises';
import type { Uuid } from '#crm';

/** Looks again and again for imports that nobody carries out any more. */
export interface ImportWatch {
  start(): void;
  stop(): Promise<void>;
}

export interface ImportWatchOptions {
  /** Hears of what other processes record until the signal aborts. */
  readonly follow: (signal: AbortSignal) => Promise<void>;
  /** Begins what nobody is at; harmless when somebody is. */
  readonly look: () => void;
  readonly failed: (importId: Uuid, error: unknown) => void;
}

/** Between two looks (ms). With the time that a turn outlives its process, an import rests for some 10 s. */
const LOOK_MS = 2_000;
/** Before following is begun again that broke off (ms). */
const RETRY_MS = 1_000;
/** What a failure is told of when it is of no import in particular. */
const ALL: Uuid = 'all';

export function createWatch({ follow, look, failed }: ImportWatchOptions): ImportWatch {
  const stopping = new AbortController();
  const { signal } = stopping;
  let following: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function followOn(): Promise<void> {
    while (!signal.aborted) {
      try {
        await follow(signal);
      } catch (error) {
        failed(ALL, error);
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  return {
    start() {
      following = followOn();
      timer = setInterval(look, LOOK_MS).unref();
    },
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await following;
    },
  };
}
