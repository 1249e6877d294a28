import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CopyTarget,
  type EventStore,
  type KeyRing,
  oneAfterTheOther,
  openEmbeddedEventStore,
  openEmbeddedKeyRing,
  openMongoKeyRing,
  StoreUnavailable,
} from '#event-store';
import { connectMongo } from '#mongodb';
import { type FileStores, fileStoresIn, fileStoresOn } from './file-stores.js';
import { openEventServer, type StoresConfig } from './open-stores.js';

/** What of an installation is copied: the truth, without what is built from it. */
export interface Installation extends FileStores {
  readonly events: EventStore;
  /** The same log, to be copied into. */
  readonly target: CopyTarget;
  /**
   * @param secret of the ring that a new one becomes a copy of; without it, there must be a ring where there are events
   * @throws ForeignKeyRing there is a ring of its own already
   */
  openKeys(secret?: Buffer): Promise<KeyRing>;
  close(): Promise<void>;
}

/**
 * Opens what is kept in a data folder, which no other process may have open.
 * @param make whether a folder without an event log becomes one
 * @throws StoreLocked, StoreDamaged, StoreUnavailable
 */
export async function openFolderInstallation(folder: string, make: boolean): Promise<Installation> {
  if (!make && !existsSync(join(folder, 'events.db'))) {
    throw new StoreUnavailable(`there is no event log in the folder ${folder}`);
  }
  const events = await openEmbeddedEventStore({ folder });
  const opened: { close(): Promise<void> }[] = [events];
  return {
    events,
    target: events,
    ...fileStoresIn(folder),
    async openKeys(secret) {
      const keys = await openEmbeddedKeyRing({ folder, ...(secret && { secret }) });
      opened.unshift(keys);
      return keys;
    },
    close: () => closeAll(opened),
  };
}

/**
 * Opens what is kept on the servers.
 * @throws StoreUnavailable, StoreMisconfigured, MongoUnavailable
 */
export async function openServersInstallation(
  config: StoresConfig & { readonly mongoUrl: string },
): Promise<Installation> {
  const events = await openEventServer(config);
  const opened: { close(): Promise<void> }[] = [events];
  try {
    const mongo = await connectMongo({ url: config.mongoUrl });
    opened.push(mongo);
    return {
      events,
      target: oneAfterTheOther(events),
      ...(await fileStoresOn(mongo)),
      async openKeys(secret) {
        const keys = await openMongoKeyRing(mongo, secret ? { secret } : { mustExist: true });
        opened.unshift(keys);
        return keys;
      },
      close: () => closeAll(opened),
    };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function closeAll(opened: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const store of opened) await store.close();
}
