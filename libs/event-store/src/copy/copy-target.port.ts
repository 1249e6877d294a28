import type { Append, EventStore } from '../event-store.port.js';

/** A log that another one is copied into. */
export interface CopyTarget extends Pick<EventStore, 'readAll'> {
  /**
   * Stores appends so that their events stand in the log in this order. When it fails, a number of the first ones is stored, perhaps
   * none, and none of those behind.
   */
  appendInOrder(appends: readonly Append[]): Promise<void>;
}

/**
 * A store that promises an order for one stream only: each append waits for the one before. Were several under way, one that a server
 * refuses for a moment would come to stand behind those that it takes, and no log can be mended.
 */
export function oneAfterTheOther(store: Pick<EventStore, 'append' | 'readAll'>): CopyTarget {
  return {
    readAll: (read) => store.readAll(read),
    async appendInOrder(appends) {
      for (const append of appends) await store.append(append);
    },
  };
}
