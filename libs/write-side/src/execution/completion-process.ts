/** Looks for what was committed and is not known to be completed, and completes it. */
export interface CompletionProcessOptions<Work> {
  find(limit: number): Promise<readonly Work[]>;
  /** What tells one piece of work from another. */
  keyOf(work: Work): string;
  /** Appends whatever is missing; doing it twice changes nothing. */
  complete(work: Work): Promise<unknown>;
  readonly failed: (work: Work | undefined, error: unknown) => void;
  /** Milliseconds between two looks. */
  readonly intervalMs?: number;
}

export interface CompletionProcess {
  start(): void;
  /** Ends when the look under way has. */
  stop(): Promise<void>;
}

const BATCH = 100;

/**
 * Completes what a crash or an outage left half done (PRODUCT.md P12). What is still pending at a second look is nobody's any more, and
 * completing it twice would change nothing either.
 */
export function createCompletionProcess<Work>(
  options: CompletionProcessOptions<Work>,
): CompletionProcess {
  const { find, keyOf, complete, failed, intervalMs = 500 } = options;
  let seen = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = true;

  async function look(): Promise<void> {
    const found = await find(BATCH);
    const due = found.filter((work) => seen.has(keyOf(work)));
    seen = new Set(found.map(keyOf));
    for (const work of due) {
      if (stopped) return;
      try {
        await complete(work);
      } catch (error) {
        failed(work, error);
      }
    }
  }

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => failed(undefined, error))
        .finally(schedule);
    }, intervalMs);
  }

  return {
    start() {
      stopped = false;
      schedule();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
