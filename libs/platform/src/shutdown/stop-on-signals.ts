import type { Shutdown } from './shutdown.js';

/** The part of `process` that is needed, so that tests can send signals of their own. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** Ctrl-C under `npm start` reaches the process from the terminal and once more from npm: one wish, two signals. */
const SAME_WISH_MS = 500;

/**
 * Stops on SIGTERM and SIGINT and then exits: 0 when all was finished, 1 when not. A second wish to stop does not wait.
 * @param exit called once with the exit code
 * @param now milliseconds of a clock that never goes back
 */
export function stopOnSignals(
  shutdown: Shutdown,
  exit: (code: number) => void,
  source: SignalSource = process,
  now: () => number = () => performance.now(),
): void {
  let stoppingSince: number | undefined;
  let exited = false;
  const exitOnce = (code: number) => {
    if (exited) return;
    exited = true;
    exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    source.on(signal, () => {
      if (stoppingSince !== undefined) {
        if (now() - stoppingSince > SAME_WISH_MS) exitOnce(1);
        return;
      }
      stoppingSince = now();
      void shutdown.run(signal).then(({ clean }) => exitOnce(clean ? 0 : 1));
    });
  }
}
