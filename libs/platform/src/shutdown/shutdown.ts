import { withinLimit } from '../clock/within-limit.js';
import type { Logger } from '../logging/logger.port.js';

/** Lets go of one part: stops accepting, finishes what was accepted, closes. */
export type Closer = () => void | Promise<void>;

export interface ShutdownResult {
  /** True when every closer finished within the limit. */
  readonly clean: boolean;
  /** Names of closers that failed or did not finish. */
  readonly unfinished: readonly string[];
}

/** Stops the process's parts in order. */
export interface Shutdown {
  /** Registered first, closed first: the HTTP server, then what serves it, the stores last. */
  add(name: string, closer: Closer): void;
  /**
   * Runs the closers one after the other. One that fails does not keep the next from running; one that hangs is left
   * behind when the time is up, and those after it are still called, so that a store can let go of its folder.
   * Called again, it answers with the first run.
   */
  run(reason: string): Promise<ShutdownResult>;
}

/** What a closer gets when those before it have used up the time. */
const LAST_CHANCE_MS = 1_000;

/** @param limitMs how long all closers together may take, in milliseconds */
export function createShutdown(logger: Logger, limitMs = 20_000): Shutdown {
  const closers: { name: string; closer: Closer }[] = [];
  let running: Promise<ShutdownResult> | undefined;

  async function closeAll(reason: string): Promise<ShutdownResult> {
    logger.info('Stopping.', { reason });
    const deadline = performance.now() + limitMs;
    const unfinished: string[] = [];
    for (const { name, closer } of closers) {
      const left = Math.max(deadline - performance.now(), Math.min(LAST_CHANCE_MS, limitMs));
      const outcome = await finish(closer, left);
      if (outcome === 'closed') continue;
      unfinished.push(name);
      logger.error('A part did not stop cleanly.', { part: name, ...outcome });
    }
    const clean = unfinished.length === 0;
    logger.info('Stopped.', { clean });
    return { clean, unfinished };
  }

  return {
    add: (name, closer) => void closers.push({ name, closer }),
    run(reason) {
      running ??= closeAll(reason);
      return running;
    },
  };
}

type Failure = { readonly error: unknown } | { readonly timedOutMs: number };

function finish(closer: Closer, limitMs: number): Promise<'closed' | Failure> {
  const closed = Promise.resolve()
    .then(closer)
    .then(
      () => 'closed' as const,
      (error: unknown) => ({ error }),
    );
  return withinLimit(closed, limitMs, () => ({ timedOutMs: Math.round(limitMs) }));
}
