import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'libsql';

/** `LLKY` at offset 68 of the file's header: a key ring of this product. */
export const KEYS_APPLICATION_ID = 0x4c4c4b59;

// Keys lie in the order of their making and are overwritten in place: none is ever moved, so none leaves a copy of itself in a
// page's unused part.
const SCHEMA = `
  CREATE TABLE keys (number INTEGER PRIMARY KEY, id TEXT NOT NULL, key BLOB NOT NULL) STRICT;
  CREATE UNIQUE INDEX keys_by_id ON keys (id);
  CREATE TABLE secrets (name TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT;
  PRAGMA application_id = ${KEYS_APPLICATION_ID};
  PRAGMA user_version = 1;
`;

/** Creates an empty ring under another name and renames it, so that no crash leaves half a file. */
export function createKeysFile(file: string): void {
  const draft = `${file}.new`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(draft + suffix, { force: true });
  closeSync(openSync(draft, 'wx', 0o600));
  const database = new Database(draft);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(`BEGIN; ${SCHEMA} COMMIT;`);
  database.close();
  renameSync(draft, file);
}
