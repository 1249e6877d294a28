import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import Database from 'libsql';
import { type Append, openEmbeddedEventStore } from '#event-store';
import { childInput, report } from '../support/processes.js';
import { inTurn, timed } from '../support/sampling.js';
import { makeAppend } from './made-up-append.js';

export interface Appending {
  readonly productMs: number;
  readonly rawMs: number;
  readonly samples: number;
}

const CALLERS = 64;
const { appends: total, pairs } = childInput<{ appends: number; pairs: number }>();
const folder = mkdtempSync(join(tmpdir(), 'bench-append-'));
const store = await openEmbeddedEventStore({ folder });
const raw = openRaw();
try {
  report((await measure()) satisfies Appending);
} finally {
  await store.close();
  raw.close();
  rmSync(folder, { recursive: true });
}

async function measure(): Promise<Appending> {
  let appends: readonly Append[] = [];
  const product = () => {
    appends = Array.from({ length: total }, () => makeAppend());
    return timed(() => byCallers(appends));
  };
  const plain = async () => insertPlainly(appends);
  const { first, second, samples } = await inTurn(pairs, product, plain);
  return { productMs: first, rawMs: second, samples };
}

/** Every caller waits for its append before it makes the next. */
async function byCallers(appends: readonly Append[]): Promise<void> {
  let next = 0;
  const caller = async () => {
    for (let append = appends[next++]; append; append = appends[next++]) await store.append(append);
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

/** The same table and index in another file, written as durably. */
function openRaw(): Database.Database {
  const theirs = new Database(join(folder, 'events.db'), { readonly: true });
  const objects = theirs
    .prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'")
    .raw()
    .all([]) as [string][];
  theirs.close();
  const database = new Database(join(folder, 'raw.db'));
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;',
  );
  for (const [sql] of objects) database.exec(sql);
  return database;
}

/** The rows are made before the clock starts. */
async function insertPlainly(appends: readonly Append[]): Promise<number> {
  const [row] = raw.prepare('SELECT max(position) FROM events').raw().all([]) as [number | null][];
  let position = row?.[0] ?? 0;
  const rows = appends.flatMap(({ stream, events }) =>
    events.map(({ id, type, data, metadata }, revision) => {
      position += 1;
      const texts = [JSON.stringify(data), JSON.stringify(metadata)] as const;
      const checksum = crc32([position, stream, revision, type, id, ...texts].join(' '));
      return [position, stream, revision, type, id, ...texts, checksum];
    }),
  );
  const insert = raw.prepare('INSERT INTO events VALUES (?,?,?,?,?,?,?,?)');
  return timed(() => {
    for (let at = 0; at < rows.length; at += CALLERS) {
      raw.exec('BEGIN IMMEDIATE');
      for (const values of rows.slice(at, at + CALLERS)) insert.run(values);
      raw.exec('COMMIT');
    }
  });
}
