import { existsSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Revision } from '#crm';
import { BoundedMap } from '../bounded-map.js';
import type { CopyTarget } from '../copy/copy-target.port.js';
import { StoreDamaged, StoreUnavailable } from '../errors.js';
import { BEFORE_FIRST, type EventStore } from '../event-store.port.js';
import { createAppender } from './appender.js';
import { createChanges } from './changes.js';
import {
  APPLICATION_ID,
  createDatabase,
  type Database,
  lastPosition,
  openForReading,
  openForWriting,
} from './database.js';
import { checkFiles } from './file-check.js';
import { lockFolder, whileUnlocked } from './folder-lock.js';
import { openHeadMarker, readHeadMarker } from './head-marker.js';
import { makeFolder } from './make-folder.js';
import { holdFiles, type OpenFiles } from './open-files.js';
import { createReader } from './reader.js';
import { asStoreError } from './store-errors.js';
import { subscribe } from './subscription.js';
import { FULL_CHECK_BYTES, type VerifyProgress, verifyAtStart, verifyLog } from './verify.js';

export interface EmbeddedEventStoreOptions {
  /** Created when missing, unless `readOnly`. */
  readonly folder: string;
  /** Reads beside the process that writes, or alone. Appending is refused. */
  readonly readOnly?: boolean;
  /** Largest file, in bytes, that is verified whole as it is opened. Default 16 MiB. */
  readonly fullCheckBytes?: number;
}

export interface EmbeddedEventStore extends EventStore, CopyTarget {
  /**
   * Verifies the whole log in the background of other work, e.g. after start, and says how far it is.
   *
   * @throws StoreDamaged at the first damage
   */
  verify(signal: AbortSignal): AsyncIterable<VerifyProgress>;
  /** Looks at once for what another connection has written, rather than at the next poll. */
  lookAgain(): void;
}

/** Last revisions remembered, some 10 MB. */
const REMEMBERED_STREAMS = 50_000;
/** How often a reader looks for what another process wrote. */
const POLL_MS = 100;

/**
 * Opens the event log of a data folder: `events.db`, one SQLite file.
 *
 * @throws StoreLocked another process, or this one, writes to the folder already
 * @throws StoreDamaged the log is not as it was written; it was not changed
 * @throws StoreUnavailable there is no log to read, or the database refuses
 */
export async function openEmbeddedEventStore(
  options: EmbeddedEventStoreOptions,
): Promise<EmbeddedEventStore> {
  const file = join(options.folder, 'events.db');
  try {
    return await open(options);
  } catch (error) {
    throw asStoreError(file, error);
  }
}

async function open(options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> {
  const { folder, readOnly = false, fullCheckBytes = FULL_CHECK_BYTES } = options;
  if (!readOnly) makeFolder(folder);
  if (!existsSync(folder)) throw new StoreUnavailable(`there is no folder ${folder}`);
  const release = readOnly ? () => {} : await lockFolder(folder);
  const real = realpathSync(folder);
  const file = join(real, 'events.db');
  const files = holdFiles(real);
  try {
    if (readOnly) return await openReader(file, files, fullCheckBytes);
    return openWriter(file, files, fullCheckBytes, release);
  } catch (error) {
    files.release();
    release();
    throw error;
  }
}

function openWriter(
  file: string,
  files: OpenFiles,
  fullCheckBytes: number,
  release: () => void,
): EmbeddedEventStore {
  const markerFile = `${file.slice(0, -'.db'.length)}.head`;
  const acknowledged = readHeadMarker(markerFile);
  if (existsSync(file)) check(file, files, acknowledged, fullCheckBytes);
  else create(file, acknowledged);

  const database = openForWriting(file);
  const marker = openHeadMarker(markerFile);
  const revisions = new BoundedMap<string, Revision>(REMEMBERED_STREAMS);
  const changes = createChanges();
  const appender = createAppender(database, file, revisions, (head) => {
    marker.write(head);
    changes.notify();
  });
  marker.write(appender.head());
  return createStore(file, database, appender.head, changes, revisions, appender, () => {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    marker.close();
    files.release();
    release();
  });
}

async function openReader(
  file: string,
  files: OpenFiles,
  fullCheckBytes: number,
): Promise<EmbeddedEventStore> {
  if (!existsSync(file)) throw new StoreUnavailable('there is no event log in the folder');
  const acknowledged = readHeadMarker(`${file.slice(0, -'.db'.length)}.head`);
  // A process that writes has checked the files, and changes them meanwhile.
  await whileUnlocked(join(file, '..'), () => check(file, files, acknowledged, fullCheckBytes));
  const database = openForReading(file);
  const head = () => lastPosition(database);
  // Of polls only: others who ask for the head must not hide from waiting readers that it has moved.
  let polled = head();
  const changed = () => {
    const before = polled;
    polled = head();
    return polled !== before;
  };
  const changes = createChanges({ changed, intervalMs: POLL_MS });
  return createStore(file, database, head, changes, undefined, undefined, () => {
    database.close();
    files.release();
  });
}

function create(file: string, acknowledged: number | undefined): void {
  const walFile = `${file}-wal`;
  const lost = (acknowledged ?? 0) > 0 || (existsSync(walFile) && statSync(walFile).size > 0);
  if (lost) throw new StoreDamaged(file, 'it is missing, but what belongs to it is there');
  createDatabase(file);
}

/** Through a connection that cannot write: SQLite would drop what it cannot read of a WAL as it closes. */
function check(
  file: string,
  files: OpenFiles,
  acknowledged: number | undefined,
  fullCheckBytes: number,
): void {
  checkFiles(file, APPLICATION_ID, acknowledged !== undefined, files.keep);
  const database = openForReading(file);
  try {
    verifyAtStart(database, file, acknowledged, fullCheckBytes);
  } finally {
    database.close();
  }
}

function createStore(
  file: string,
  database: Database.Database,
  head: () => number,
  changes: ReturnType<typeof createChanges>,
  revisions: BoundedMap<string, Revision> | undefined,
  appender: ReturnType<typeof createAppender> | undefined,
  letGo: () => void,
): EmbeddedEventStore {
  const ending = new AbortController();
  const isClosed = () => ending.signal.aborted;
  const reader = createReader(database, file, head, revisions, isClosed);
  const until = (signal: AbortSignal) => AbortSignal.any([signal, ending.signal]);

  return {
    positionStep: 1,
    append: (append) =>
      appender
        ? appender.append(append)
        : Promise.reject(new StoreUnavailable('it was opened for reading only')),
    appendInOrder: async (appends) => {
      if (!appender) throw new StoreUnavailable('it was opened for reading only');
      appender.appendTogether(appends);
    },
    readStream: reader.readStream,
    readAll: reader.readAll,
    subscribe: (request) => subscribe(request, reader.scan, changes, until(request.signal)),
    lookAgain: changes.notify,
    verify: (signal) => verifyLog(database, file, until(signal)),
    head: async () => {
      if (isClosed()) throw new StoreUnavailable('it was closed');
      return head() || BEFORE_FIRST;
    },
    close: async () => {
      if (isClosed()) return;
      appender?.close();
      ending.abort();
      letGo();
    },
  };
}
