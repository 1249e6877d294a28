import type { Shutdown } from './shutdown.js';

/** The part of `process` that is needed, so that tests can send signals of their own. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

/**
 * Stops on SIGTERM and SIGINT and then exits: 0 when all was finished, 1 when not. A second signal does not wait.
 * @param exit called once with the exit code
 */
export function stopOnSignals(
  shutdown: Shutdown,
  exit: (code: number) => void,
  source: SignalSource = process,
): void {
  let stopping = false;
  let exited = false;
  const exitOnce = (code: number) => {
    if (exited) return;
    exited = true;
    exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    source.on(signal, () => {
      if (stopping) {
        exitOnce(1);
        return;
      }
      stopping = true;
      void shutdown.run(signal).then(({ clean }) => exitOnce(clean ? 0 : 1));
    });
  }
}
