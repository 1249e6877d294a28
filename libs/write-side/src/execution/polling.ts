/** Looks again and again for what there is to do. */
export interface Polling {
  start(): void;
  /** Ends when the look under way has. */
  stop(): Promise<void>;
}

export interface PollingOptions {
  /** @param signal aborted when it is to end soon */
  look(signal: AbortSignal): Promise<unknown>;
  readonly failed: (error: unknown) => void;
  /** Milliseconds between two looks. */
  readonly intervalMs: number;
}

/** One look after the other; one that fails is told of, and the next one comes all the same. */
export function createPolling({ look, failed, intervalMs }: PollingOptions): Polling {
  let stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  function schedule(signal: AbortSignal): void {
    if (signal.aborted) return;
    timer = setTimeout(() => {
      looking = look(signal)
        .then(() => undefined, failed)
        .finally(() => schedule(signal));
    }, intervalMs);
  }

  return {
    start() {
      stopping = new AbortController();
      schedule(stopping.signal);
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}
