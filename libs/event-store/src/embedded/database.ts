import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';

export type { Database };

/** `LLEV` at offset 68 of the file's header: an event log of this product. */
export const APPLICATION_ID = 0x4c4c4556;

/** Waits this long for a lock of another process, e.g. one that checkpoints as it closes. */
const BUSY_MS = 1_000;

const SCHEMA = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = 1;
`;

/** Creates an empty log under another name and renames it, so that no crash leaves half a file. */
export function createDatabase(file: string): void {
  const draft = `${file}.new`;
  for (const leftover of [draft, `${draft}-wal`, `${draft}-shm`, `${draft}-journal`]) {
    rmSync(leftover, { force: true });
  }
  closeSync(openSync(draft, 'wx', 0o600));
  const database = new Database(draft);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(`BEGIN; ${SCHEMA} COMMIT;`);
  database.close();
  renameSync(draft, file);
  syncFolder(dirname(file));
}

/** Pages of the WAL between checkpoints, 16 MB: pages of the index that many appends touch are written back once. */
const CHECKPOINT_PAGES = 4_000;

/** The one writing connection. Acknowledged means on disk: every commit is followed by an fsync of the WAL. */
export function openForWriting(file: string): Database.Database {
  const database = new Database(file, { timeout: BUSY_MS });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA cache_size = -16000;`);
  return database;
}

/** A connection that changes neither the file nor its WAL, not even by closing. */
export function openForReading(file: string): Database.Database {
  if (!existsSync(file)) throw new Error('there is no such file');
  return new Database(`${pathToFileURL(file).href}?mode=ro`, { timeout: BUSY_MS });
}

/** Position of the last event, 0 when there is none. */
export function lastPosition(database: Database.Database): number {
  const [row] = database.prepare('SELECT max(position) AS last FROM events').all() as {
    last: number | null;
  }[];
  return row?.last ?? 0;
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
