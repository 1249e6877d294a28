import type { EventStore } from '#event-store';
import type { Metrics } from '#platform';

/** The store with its appends measured. */
export function measureAppends(store: EventStore, metrics: Metrics): EventStore {
  return {
    ...store,
    async append(append) {
      const start = performance.now();
      let outcome = 'stored';
      try {
        return await store.append(append);
      } catch (error) {
        outcome = error instanceof Error ? error.name : 'unknown';
        throw error;
      } finally {
        metrics.appendFinished((performance.now() - start) / 1_000, outcome);
      }
    },
  };
}
