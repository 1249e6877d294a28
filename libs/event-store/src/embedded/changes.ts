/** Wakes those who wait for the log to grow. */
export interface Changes {
  /** Settles at the next `notify`, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>;
  notify(): void;
}

/** @param poll called every `intervalMs` while someone waits; true wakes them */
export function createChanges(poll?: { changed(): boolean; intervalMs: number }): Changes {
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  const notify = () => {
    const woken = [...waiting];
    waiting.clear();
    if (timer) clearInterval(timer);
    timer = undefined;
    for (const wake of woken) wake();
  };
  const watch = () => {
    if (!poll || timer) return;
    timer = setInterval(() => {
      if (poll.changed()) notify();
    }, poll.intervalMs);
  };
  return {
    notify,
    wait: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wake = () => {
          waiting.delete(wake);
          if (waiting.size === 0 && timer) {
            clearInterval(timer);
            timer = undefined;
          }
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
        watch();
      }),
  };
}
