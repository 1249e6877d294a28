import type { Logger } from '#platform';

/** What failed of late, for health to tell. */
export interface Trouble {
  /** Logs that a part failed, and remembers it for a while. */
  met(part: string, error: unknown, facts?: Readonly<Record<string, unknown>>): void;
  /** The part that failed last, when that was a moment ago. */
  latest(): string | undefined;
}

const WHILE_MS = 30_000;

/** @param now monotonic, in milliseconds */
export function createTrouble(
  logger: Logger,
  now: () => number = () => performance.now(),
): Trouble {
  let last: { readonly part: string; readonly at: number } | undefined;
  return {
    met(part, error, facts = {}) {
      last = { part, at: now() };
      logger.error('Somebody could not be told yet.', { part, error, ...facts });
    },
    latest: () => (last && now() - last.at < WHILE_MS ? last.part : undefined),
  };
}
