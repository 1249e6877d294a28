import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Uuid } from '#crm';
import { type Database, openForReading, openForWriting } from '../embedded/database.js';
import { checkFiles } from '../embedded/file-check.js';
import { openHeadMarker, readHeadMarker } from '../embedded/head-marker.js';
import { makeFolder } from '../embedded/make-folder.js';
import { holdFiles } from '../embedded/open-files.js';
import { asStoreError } from '../embedded/store-errors.js';
import { ForeignKeyRing, StoreDamaged, StoreUnavailable } from '../errors.js';
import { KEY_BYTES, withChecksum, withoutChecksum } from './checked-key.js';
import type { DataKey, KeyRing } from './key-ring.port.js';
import { createKeysFile, KEYS_APPLICATION_ID } from './keys-file.js';

export interface EmbeddedKeyRingOptions {
  /** The data folder; created when missing, unless `readOnly`. */
  readonly folder: string;
  /** Loads keys beside the process that writes. Anything else is refused. */
  readonly readOnly?: boolean;
  /** The secret for hashes that a ring without one is to have: that of the ring it becomes a copy of. */
  readonly secret?: Buffer;
}

const ZEROES = Buffer.alloc(KEY_BYTES + 4);
const HASH_SECRET = 'hash';
/** Keys read at once where all are. */
const PAGE = 1_000;

/**
 * Opens the key ring of a data folder: `keys.db`, readable by its owner only. Whoever backs up the log without it backs up no
 * personal value.
 *
 * @throws StoreDamaged the file is damaged, or missing although events were written
 * @throws StoreUnavailable there is no ring to read, or the database refuses
 * @throws ForeignKeyRing it has another secret than the one given
 */
export async function openEmbeddedKeyRing(options: EmbeddedKeyRingOptions): Promise<KeyRing> {
  const { folder, readOnly = false } = options;
  if (!readOnly) makeFolder(folder);
  const file = join(existsSync(folder) ? realpathSync(folder) : folder, 'keys.db');
  const files = holdFiles(file);
  let ring: EmbeddedRing;
  try {
    if (!existsSync(file)) create(file, readOnly);
    const markerFile = join(file, '..', 'keys.head');
    const made = readHeadMarker(markerFile);
    if (!readOnly) {
      checkFiles(file, KEYS_APPLICATION_ID, made !== undefined, files.keep);
      checkCount(file, made);
      chmodSync(file, 0o600);
    }
    const database = readOnly ? openForReading(file) : openForWriting(file);
    const marker = readOnly ? undefined : openHeadMarker(markerFile);
    ring = createRing(file, database, marker, () => {
      if (!readOnly) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
      marker?.close();
      files.release();
    });
  } catch (error) {
    files.release();
    throw asStoreError(file, error);
  }
  if (options.secret) await keepTo(ring, options.secret, file);
  return ring;
}

/** @throws ForeignKeyRing */
async function keepTo(ring: EmbeddedRing, secret: Buffer, file: string): Promise<void> {
  try {
    if (!(await ring.hashSecret(secret)).equals(secret)) throw new ForeignKeyRing(file);
  } catch (error) {
    await ring.close();
    throw error;
  }
}

interface EmbeddedRing extends KeyRing {
  /** @param first the secret, when there is none yet */
  hashSecret(first?: Buffer): Promise<Buffer>;
}

/** A new ring beside an old log would make every sealed value read as erased. */
function create(file: string, readOnly: boolean): void {
  if (readOnly) throw new StoreUnavailable('there is no key ring in the folder');
  const folder = join(file, '..');
  const written = ['events.head', 'keys.head'].some(
    (marker) => (readHeadMarker(join(folder, marker)) ?? 0) > 0,
  );
  if (written) throw new StoreDamaged(file, 'it is missing, but events were written with it');
  createKeysFile(file);
}

/** Through a connection that cannot write, so that a damaged WAL stays as it is. */
function checkCount(file: string, made: number | undefined): void {
  const database = openForReading(file);
  try {
    const count = lastNumber(database);
    if (count >= (made ?? 0)) return;
    throw new StoreDamaged(file, `it ends at key ${count}, but ${made} were made`);
  } finally {
    database.close();
  }
}

function lastNumber(database: Database.Database): number {
  const [row] = database.prepare('SELECT max(number) FROM keys').raw().all() as [number | null][];
  return row?.[0] ?? 0;
}

function createRing(
  file: string,
  database: Database.Database,
  marker: ReturnType<typeof openHeadMarker> | undefined,
  letGo: () => void,
): EmbeddedRing {
  database.exec('PRAGMA secure_delete = ON');
  const insert = database.prepare('INSERT INTO keys (number, id, key) VALUES (?, ?, ?)');
  const insertMissing = database.prepare(
    'INSERT OR IGNORE INTO keys (number, id, key) VALUES (?, ?, ?)',
  );
  const erase = database.prepare('UPDATE keys SET key = ? WHERE id = ?');
  const select = database
    .prepare('SELECT id, key FROM keys WHERE id IN (SELECT value FROM json_each(?))')
    .raw();
  const page = database
    .prepare('SELECT number, id, key FROM keys WHERE number > ? ORDER BY number LIMIT ?')
    .raw();
  const selectSecret = database.prepare('SELECT key FROM secrets WHERE name = ?').raw();
  const insertSecret = database.prepare('INSERT OR IGNORE INTO secrets (name, key) VALUES (?, ?)');
  let closed = false;

  function run<Result>(use: () => Result): Result {
    if (closed) throw new StoreUnavailable('the key ring was closed');
    try {
      return use();
    } catch (error) {
      throw asStoreError(file, error);
    }
  }

  function write<Result>(use: () => Result): Result {
    if (!marker) throw new StoreUnavailable('the key ring was opened for reading only');
    return run(() => database.transaction(use).immediate());
  }

  function secret(): Buffer | undefined {
    const [row] = selectSecret.all(HASH_SECRET) as [Buffer][];
    return row && withoutChecksum(file, HASH_SECRET, row[0]);
  }

  /** Numbers grow without gaps, whichever keys were there already. */
  function add(statement: typeof insert, keys: readonly DataKey[]): void {
    const last = write(() => {
      let number = lastNumber(database);
      for (const { id, key } of keys) {
        number += statement.run([number + 1, id, withChecksum(id, key)]).changes;
      }
      return number;
    });
    marker?.write(last);
  }

  function toKey([, id, stored]: readonly [number, Uuid, Buffer]): readonly DataKey[] {
    const key = withoutChecksum(file, id, stored);
    return key ? [{ id, key }] : [];
  }

  return {
    async *all() {
      for (let last = 0; ; ) {
        const rows = run(() => page.all([last, PAGE])) as [number, Uuid, Buffer][];
        if (rows.length === 0) return;
        yield rows.flatMap(toKey);
        last = rows.at(-1)?.[0] ?? last;
      }
    },
    adopt: async (keys) => add(insertMissing, keys),
    allocate: async (count) => {
      const keys = Array.from({ length: count }, (): DataKey => {
        return { id: randomUUID(), key: randomBytes(KEY_BYTES) };
      });
      add(insert, keys);
      return keys;
    },
    load: async (ids) => {
      const rows = run(() => select.all(JSON.stringify(ids))) as [Uuid, Buffer][];
      const found = new Map<Uuid, DataKey>();
      for (const [id, stored] of rows) {
        const key = withoutChecksum(file, id, stored);
        if (key) found.set(id, { id, key });
      }
      return found;
    },
    delete: async (ids) => {
      write(() => {
        for (const id of ids) erase.run([ZEROES, id]);
      });
      // The WAL still holds the pages as they were.
      const [result] = run(() => database.pragma('wal_checkpoint(TRUNCATE)')) as { busy: number }[];
      if (result?.busy) throw new StoreUnavailable('a reader keeps the deleted keys on disk');
    },
    hashSecret: async (first = randomBytes(KEY_BYTES)) => {
      const known = run(secret);
      if (known) return known;
      const fresh = withChecksum(HASH_SECRET, first);
      write(() => insertSecret.run([HASH_SECRET, fresh]));
      return run(secret) as Buffer;
    },
    close: async () => {
      if (closed) return;
      closed = true;
      letGo();
    },
  };
}
