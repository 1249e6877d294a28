import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { ReadStoreUnavailable } from '../errors.js';

export type Connection = Database.Database;
export type Statement = Database.Statement<unknown[]>;

export interface EmbeddedReadStoreOptions {
  /** The data folder; `read.db` is kept in it. Absent: in memory, gone when closed. */
  readonly folder?: string;
  /** Reads beside the process that writes; every write is refused. Needs a folder with a store in it. */
  readonly readOnly?: boolean;
  /** Told when a damaged or foreign file was put aside for an empty one: everything must be rebuilt from events. */
  readonly onRecreated?: (why: string) => void;
}

/** "Ledg" in ASCII marks the file as ours. */
const APPLICATION_ID = 0x4c656467;
/** Of the tables described in `layout.ts`; another format is rebuilt, never migrated. */
const FORMAT = 4;
/** Of 4 KiB: 16 MiB. */
const LOG_PAGES = 4_096;
const FILES = ['read.db', 'read.db-wal', 'read.db-shm', 'read.db.damaged'];

/** Every row as a list of its columns. Values go in as one list: the driver takes a lone null for something else. */
export function rowsOf(statement: Statement, ...values: readonly unknown[]): readonly unknown[][] {
  const rows: unknown = statement.raw().all(values);
  return Array.isArray(rows) ? rows : [];
}

export function first(statement: Statement, ...values: readonly unknown[]): unknown[] | undefined {
  return rowsOf(statement, ...values)[0];
}

function number(connection: Connection, sql: string): number {
  return Number(first(connection.prepare(sql))?.[0]);
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether the error says that the file's content is not to be trusted, rather than that it is busy or out of reach. */
export function isDamage(error: unknown): boolean {
  const code = errorCode(error);
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB');
}

function prepareFile(connection: Connection): void {
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = NORMAL');
  // Each checkpoint of the log waits for the disk; catching up makes many.
  connection.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
  connection.exec(`PRAGMA journal_size_limit = ${LOG_PAGES * 4_096}`);
  connection.exec('BEGIN IMMEDIATE');
  connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  connection.exec(`PRAGMA user_version = ${FORMAT}`);
  connection.exec(
    `CREATE TABLE IF NOT EXISTS collections (name TEXT NOT NULL, version INTEGER NOT NULL, layout TEXT NOT NULL, PRIMARY KEY (name, version)) WITHOUT ROWID`,
  );
  connection.exec(
    `CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID`,
  );
  connection.exec(
    `CREATE TABLE IF NOT EXISTS leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, token INTEGER NOT NULL, ttl INTEGER NOT NULL, renewals INTEGER NOT NULL) WITHOUT ROWID`,
  );
  connection.exec('COMMIT');
}

/** Why the file is not ours to use, or undefined. */
function objection(connection: Connection): string | undefined {
  if (number(connection, 'SELECT count(*) FROM sqlite_master') === 0) return undefined;
  if (number(connection, 'PRAGMA application_id') !== APPLICATION_ID) return 'it is another file';
  if (number(connection, 'PRAGMA user_version') !== FORMAT) return 'it has another format';
  number(connection, 'SELECT count(*) FROM collections');
  number(connection, 'SELECT count(*) FROM checkpoints');
  return undefined;
}

function connect(path: string): Connection {
  const connection = new Database(path);
  connection.exec('PRAGMA busy_timeout = 5000');
  connection.exec('PRAGMA cache_size = -32000');
  return connection;
}

function openChecked(path: string, readOnly: boolean): Connection {
  const connection = connect(path);
  try {
    const why = objection(connection);
    if (why !== undefined) throw Object.assign(new Error(why), { code: 'SQLITE_NOTADB' });
    if (readOnly) connection.exec('PRAGMA query_only = 1');
    else prepareFile(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Leaves word for the next start that the file must be rebuilt. */
export function markDamaged(folder: string): void {
  writeFileSync(join(folder, 'read.db.damaged'), '');
}

/**
 * Opens `read.db`, or an empty database in memory. A file that is damaged, of another format or not ours is replaced by an
 * empty one, since everything in it comes back from events; one opened for reading only is left alone.
 * @throws ReadStoreUnavailable the file cannot be opened, or not as it is for reading only
 */
export function openDatabase(options: EmbeddedReadStoreOptions): Connection {
  const { folder, readOnly = false } = options;
  if (folder === undefined) return openChecked(':memory:', false);
  const path = join(folder, 'read.db');
  if (readOnly && !existsSync(path)) throw new ReadStoreUnavailable('there is none to read yet');
  try {
    if (!readOnly) mkdirSync(folder, { recursive: true });
    if (existsSync(`${path}.damaged`)) {
      throw Object.assign(new Error('it was found damaged'), { code: 'SQLITE_CORRUPT' });
    }
    return openChecked(path, readOnly);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (readOnly || !isDamage(error)) throw new ReadStoreUnavailable(why);
    for (const file of FILES) rmSync(join(folder, file), { force: true });
    const connection = openChecked(path, false);
    options.onRecreated?.(why);
    return connection;
  }
}
