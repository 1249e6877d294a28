import { join } from 'node:path';
import { ALL_EVENTS } from '#crm';
import {
  createEventLog,
  createRegistry,
  type EmbeddedEventStore,
  type KeyRing,
  openEmbeddedEventStore,
  openEmbeddedKeyRing,
  type SealingEventLog,
} from '#event-store';
import { type FileStore, openFolderFileStore } from '#file-store';
import type { Logger, Metrics } from '#platform';
import { openEmbeddedReadStore, type ReadStore } from '#read-store';
import { measureAppends } from './measure-appends.js';

/** Where everything is kept. */
export interface Stores {
  readonly events: EmbeddedEventStore;
  readonly keys: KeyRing;
  readonly log: SealingEventLog;
  readonly readStore: ReadStore;
  readonly files: FileStore;
  /** Lets go of the folder: what is read from goes last. */
  close(): Promise<void>;
}

/**
 * Opens the embedded stores in a data folder, which is created where it is missing, for its owner only.
 * @throws StoreLocked, StoreDamaged, StoreUnavailable, ReadStoreUnavailable
 */
export async function openStores(
  folder: string,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): Promise<Stores> {
  const opened: { close(): Promise<void> }[] = [];
  const keep = <Store extends { close(): Promise<void> }>(store: Store): Store => {
    opened.unshift(store);
    return store;
  };
  const close = async () => {
    for (const store of opened) await store.close();
  };
  try {
    // The events first: they lock the folder, so that nothing else is touched when somebody else writes to it.
    const events = measureAppends(keep(await openEmbeddedEventStore({ folder })), metrics);
    const keys = keep(await openEmbeddedKeyRing({ folder }));
    const onRecreated = () => logger.warn('The read models were unusable and are built anew.');
    const readStore = keep(openEmbeddedReadStore({ folder, onRecreated }));
    const log = createEventLog({ store: events, registry: createRegistry(ALL_EVENTS), keys });
    return {
      events,
      keys,
      log,
      readStore,
      files: openFolderFileStore(join(folder, 'files')),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
