import { join } from 'node:path';
import { ALL_EVENTS, type Position } from '#crm';
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
import { announceAppends } from './announce-appends.js';
import { measureAppends } from './measure-appends.js';

/** Where everything is kept. */
export interface Stores {
  readonly events: EmbeddedEventStore;
  readonly keys: KeyRing;
  readonly log: SealingEventLog;
  readonly readStore: ReadStore;
  readonly files: FileStore;
  /** Has a listener called with the position of every append from now on. */
  onAppended(listener: (position: Position) => void): void;
  /** Lets go of the folder: what is read from goes last. */
  close(): Promise<void>;
}

export interface StoresOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Whether the read store is written through these stores, or only read while a thread of its own writes it. */
  readonly readModels?: 'written' | 'read';
}

/**
 * Opens the embedded stores in a data folder, which is created where it is missing, for its owner only.
 * @throws StoreLocked, StoreDamaged, StoreUnavailable, ReadStoreUnavailable
 */
export async function openStores(
  folder: string,
  { logger, metrics, readModels = 'written' }: StoresOptions,
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
    const listeners = new Set<(position: Position) => void>();
    const events = announceAppends(
      measureAppends(keep(await openEmbeddedEventStore({ folder })), metrics),
      (position) => {
        for (const listener of listeners) listener(position);
      },
    );
    const keys = keep(await openEmbeddedKeyRing({ folder }));
    const onRecreated = () => logger.warn('The read models were unusable and are built anew.');
    let readStore = keep(openEmbeddedReadStore({ folder, onRecreated }));
    if (readModels === 'read') {
      // There must be a sound one before there is anything to read.
      await readStore.close();
      readStore = keep(openEmbeddedReadStore({ folder, readOnly: true }));
    }
    const log = createEventLog({ store: events, registry: createRegistry(ALL_EVENTS), keys });
    return {
      events,
      keys,
      log,
      readStore,
      files: openFolderFileStore(join(folder, 'files')),
      onAppended: (listener) => {
        listeners.add(listener);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
