import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_EVENTS, type Position } from '#crm';
import {
  createEventLog,
  createRegistry,
  type EventStore,
  type KeyRing,
  lockFolder,
  openEmbeddedEventStore,
  openEmbeddedKeyRing,
  openEventStoreDb,
  openMongoKeyRing,
  ownStreamsOnly,
  prefixedEventStore,
  type SealingEventLog,
  StoreUnavailable,
  type VerifyProgress,
} from '#event-store';
import { connectMongo } from '#mongodb';
import type { Config, Metrics } from '#platform';
import { type Leases, openMongoLeases, type ReadStore } from '#read-store';
import { announceAppends } from './announce-appends.js';
import { type FileStores, fileStoresIn, fileStoresOn } from './file-stores.js';
import { measureAppends } from './measure-appends.js';
import { openReadStore, type ReadStoreOpening, type ReadStoreOptions } from './open-read-store.js';

/** Where everything is kept. */
export interface Stores extends FileStores {
  readonly events: EventStore;
  readonly keys: KeyRing;
  readonly log: SealingEventLog;
  readonly readStore: ReadStore;
  /** Who does what, where several processes share the read store. */
  readonly leases?: Leases;
  /** Set when other processes read and write the same log. */
  readonly shared: boolean;
  /** Verifies the whole log; only a log of our own files can be damaged behind our back. */
  readonly verify?: (signal: AbortSignal) => AsyncIterable<VerifyProgress>;
  /** Has a listener called with the position of every append from now on. */
  onAppended(listener: (position: Position) => void): void;
  /** Lets go of everything: what is read from goes last. */
  close(): Promise<void>;
}

export type StoresConfig = Pick<
  Config,
  'dataFolder' | 'eventStoreUrl' | 'eventStorePrefix' | 'mongoUrl'
>;

export interface StoresOptions extends ReadStoreOptions {
  readonly metrics: Metrics;
  /** Put around the event store, see `Surroundings`. */
  readonly events?: (store: EventStore) => EventStore;
}

/** Opens one after the other, to be closed in reverse. */
interface Opening extends Omit<ReadStoreOpening, 'events'> {
  readonly config: StoresConfig;
  readonly options: StoresOptions;
}

/**
 * Opens the stores: in the data folder, which is created where it is missing, for its owner only; or on the servers that are
 * configured. Keys and files are in MongoDB where both servers are, since any process must reach them, and in the
 * data folder otherwise, which then has one process.
 * @throws StoreLocked, StoreDamaged, StoreUnavailable, StoreMisconfigured, ReadStoreUnavailable, MongoUnavailable, ForeignReadModels
 */
export async function openStores(config: StoresConfig, options: StoresOptions): Promise<Stores> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const store of opened) await store.close();
  };
  const keep: Opening['keep'] = (store) => {
    opened.unshift(store);
    return store;
  };
  try {
    const { eventStoreUrl, mongoUrl } = config;
    const mustExist = options.use !== undefined && options.use !== 'serve';
    if (mustExist && !eventStoreUrl && !existsSync(join(config.dataFolder, 'events.db'))) {
      throw new StoreUnavailable(`there is no event log in the folder ${config.dataFolder}`);
    }
    // The folder first: it may be locked, and then nothing else is touched.
    if (eventStoreUrl && !mongoUrl) keep(await holdFolder(config.dataFolder));
    const embedded = eventStoreUrl
      ? undefined
      : keep(await openEmbeddedEventStore({ folder: config.dataFolder }));
    const mongo = mongoUrl ? keep(await connectMongo({ url: mongoUrl })) : undefined;
    const opening: Opening = { config, options, mongo, keep };
    const own = embedded ?? keep(await openEventServer(config));
    const store = options.events?.(own) ?? own;
    if (mustExist && (await store.readAll({ limit: 1 })).length === 0) {
      throw new StoreUnavailable(
        'the log has no events; check EVENTSTORE_URL and EVENTSTORE_PREFIX',
      );
    }
    const listeners = new Set<(position: Position) => void>();
    const events = announceAppends(measureAppends(store, options.metrics), (position) => {
      for (const listener of listeners) listener(position);
    });
    const shared = eventStoreUrl !== undefined && mongo !== undefined;
    const keys = await openKeys(opening, events, shared);
    return {
      events,
      keys,
      log: createEventLog({ store: events, registry: createRegistry(ALL_EVENTS), keys }),
      readStore: await openReadStore({ ...opening, events }),
      ...(shared && mongo ? await fileStoresOn(mongo) : fileStoresIn(config.dataFolder)),
      ...(mongo && { leases: keep(openMongoLeases(mongo)) }),
      ...(embedded && { verify: embedded.verify }),
      shared,
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

/** The log on the configured EventStoreDB, under the installation's own prefix where it has one, without what others have there. */
export async function openEventServer({
  eventStoreUrl = '',
  eventStorePrefix,
}: StoresConfig): Promise<EventStore> {
  const store = await openEventStoreDb({ url: eventStoreUrl });
  const named = eventStorePrefix ? prefixedEventStore(store, eventStorePrefix) : store;
  return ownStreamsOnly(named);
}

/** The data folder of a process whose events are elsewhere: read models, keys and files are its alone all the same. */
async function holdFolder(folder: string): Promise<{ close(): Promise<void> }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = await lockFolder(folder);
  return { close: async () => release() };
}

async function openKeys(
  { config, mongo, keep }: Opening,
  events: EventStore,
  shared: boolean,
): Promise<KeyRing> {
  if (!shared || !mongo) return keep(await openEmbeddedKeyRing({ folder: config.dataFolder }));
  // Not by the head, which may be another installation's.
  const [first] = await events.readAll({ limit: 1 });
  const mustExist = first !== undefined;
  return keep(await openMongoKeyRing(mongo, { mustExist }));
}
