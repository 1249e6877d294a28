import { ALL_EVENTS } from '#crm';
import {
  createEventLog,
  createRegistry,
  openEmbeddedEventStore,
  openEmbeddedKeyRing,
  type SealingEventLog,
} from '#event-store';

export interface OpenedLog {
  readonly log: SealingEventLog;
  close(): Promise<void>;
}

/** The log of a data folder, for reading. */
export async function openLog(folder: string): Promise<OpenedLog> {
  const store = await openEmbeddedEventStore({ folder, readOnly: true });
  const keys = await openEmbeddedKeyRing({ folder });
  return {
    log: createEventLog({ store, registry: createRegistry(ALL_EVENTS), keys }),
    async close() {
      await store.close();
      await keys.close();
    },
  };
}
