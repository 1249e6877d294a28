import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import type { MongoConnection } from '#mongodb';
import type { Config, Logger } from '#platform';
import { openEmbeddedReadStore, openMongoReadStore, type ReadStore } from '#read-store';
import { ForeignReadModels, isBuiltFromAnother, noteBuiltFrom } from './built-from.js';

/** What stores are opened for. */
export type Use = 'serve' | 'verify' | 'rebuild';

export interface ReadStoreOptions {
  readonly logger: Logger;
  /** Whether an embedded read store is written through these stores, or only read while a thread of its own writes it. */
  readonly readModels?: 'written' | 'read';
  /**
   * What for. Default `serve`, which begins a log where there is none. To `verify` and to `rebuild` there must be one; and whoever
   * is about to build the read models anew is not kept from it by those of another log.
   */
  readonly use?: Use;
}

export interface ReadStoreOpening {
  readonly config: Pick<Config, 'dataFolder'>;
  readonly options: ReadStoreOptions;
  readonly events: EventStore;
  /** Undefined where a file in the data folder is read. */
  readonly mongo: MongoConnection | undefined;
  keep<Store extends { close(): Promise<void> }>(store: Store): Store;
}

/** @throws ForeignReadModels what is there was read from another log, and may be a running installation's */
export async function openReadStore(opening: ReadStoreOpening): Promise<ReadStore> {
  const { mongo, events, options, keep } = opening;
  if (!mongo) return openReadFile(opening);
  const shared = keep(openMongoReadStore(mongo));
  const foreign = options.use !== 'rebuild' && (await isBuiltFromAnother(shared, events));
  if (foreign) throw new ForeignReadModels(mongo.place);
  return shared;
}

/** A file is this folder's alone, so that one of another log may go. */
async function openReadFile(opening: ReadStoreOpening): Promise<ReadStore> {
  const { config, options, events, keep } = opening;
  const { dataFolder: folder } = config;
  const onRecreated = () =>
    options.logger.warn('The read models were unusable and are built anew.');
  let written = openEmbeddedReadStore({ folder, onRecreated });
  if (await isBuiltFromAnother(written, events)) {
    await written.close();
    options.logger.warn('The read models were those of another log and are built anew.');
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `read.db${end}`), { force: true });
    written = openEmbeddedReadStore({ folder, onRecreated });
  }
  await noteBuiltFrom(written, events);
  if (options.readModels !== 'read') return keep(written);
  // There must be a sound one before there is anything to read.
  await written.close();
  return keep(openEmbeddedReadStore({ folder, readOnly: true }));
}
