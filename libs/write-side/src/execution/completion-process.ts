import { createPolling, type Polling } from './polling.js';

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

const BATCH = 100;

/**
 * Completes what a crash or an outage left half done (PRODUCT.md P12). What is still pending at a second look is nobody's any more, and
 * completing it twice would change nothing either.
 */
export function createCompletionProcess<Work>(options: CompletionProcessOptions<Work>): Polling {
  const { find, keyOf, complete, failed, intervalMs = 500 } = options;
  let seen = new Set<string>();
  return createPolling({
    async look(signal) {
      const found = await find(BATCH);
      const due = found.filter((work) => seen.has(keyOf(work)));
      seen = new Set(found.map(keyOf));
      for (const work of due) {
        if (signal.aborted) return;
        try {
          await complete(work);
        } catch (error) {
          failed(work, error);
        }
      }
    },
    failed: (error) => failed(undefined, error),
    intervalMs,
  });
}
