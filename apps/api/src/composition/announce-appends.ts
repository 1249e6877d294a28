import type { Position } from '#crm';
import type { EventStore } from '#event-store';

/** The store, calling `appended` with the position of every append that was stored. */
export function announceAppends(
  store: EventStore,
  appended: (position: Position) => void,
): EventStore {
  return {
    ...store,
    async append(append) {
      const stored = await store.append(append);
      appended(stored.position);
      return stored;
    },
  };
}
