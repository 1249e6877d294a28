import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { hashesOf, termsOf } from '../../../libs/read-store/src/embedded/element-writer.js';
import { type Layout, layoutOf } from '../../../libs/read-store/src/embedded/layout.js';
import { childInput, report } from '../support/processes.js';

export interface Copied {
  readonly ms: number;
  readonly documents: number;
}

type Value = string | number | Buffer;

const PREPARED = 10_000;

/**
 * Writes the documents of a caught-up read store into an empty file of the same tables and indexes, with plain SQL in batches:
 * what catching up could be, if folding cost nothing and every document were written once. Reading them is not counted.
 */
const { from, folder, batch } = childInput<{ from: string; folder: string; batch: number }>();
const source = new Database(join(from, 'read.db'), { readonly: true });
const scratch = mkdtempSync(join(folder, 'raw-'));
const target = new Database(join(scratch, 'read.db'));
// As the read store sets them.
target.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;');
target.exec('PRAGMA wal_autocheckpoint = 4096;');
const objects = source
  .prepare(
    // A virtual table makes its own tables.
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'e_*_[0-9]*_[a-z]*' ORDER BY type = 'index'",
  )
  .raw()
  .all([]) as [string, string, string][];
for (const [, , sql] of objects) target.exec(sql);
const layouts = (
  source.prepare('SELECT name, version, layout FROM collections').raw().all([]) as [
    string,
    number,
    string,
  ][]
).map(([name, version, record]) => layoutOf(name, version, JSON.parse(record)));

let ms = 0;
let documents = 0;
for (const layout of layouts) copy(layout);
report({ ms, documents } satisfies Copied);
source.close();
target.close();
rmSync(scratch, { recursive: true });

function copy(layout: Layout): void {
  const { table, multis } = layout;
  const names = (
    source.prepare(`SELECT name FROM pragma_table_info('${table}')`).raw().all([]) as [string][]
  ).map(([name]) => name);
  const joined = multis.map(({ name }) => names.indexOf(name));
  const written = names.slice(1);
  const upsert = target.prepare(
    `INSERT INTO ${table} (${written.join(', ')}) VALUES (${written.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${written.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  const index =
    multis.length > 0
      ? {
          terms: target.prepare(`INSERT INTO ${layout.terms} (rowid, terms) VALUES (?, ?)`),
          hashes: target.prepare(`INSERT OR IGNORE INTO ${layout.hashes} VALUES (?, ?)`),
        }
      : undefined;
  const page = source
    .prepare(`SELECT ${names.join(', ')} FROM ${table} WHERE k > ? ORDER BY k LIMIT ${PREPARED}`)
    .raw();
  let k = 0;
  for (;;) {
    const rows = page.all([k]) as Value[][];
    if (rows.length === 0) return;
    const prepared = rows.map((row) => {
      const derived = joined.map((column) => row[column]);
      const terms = termsOf(layout, derived);
      return { values: row.slice(1), terms, hashes: hashesOf(layout, derived) };
    });
    const started = performance.now();
    for (let at = 0; at < prepared.length; at += batch) {
      target.exec('BEGIN IMMEDIATE');
      for (const { values, terms, hashes } of prepared.slice(at, at + batch)) {
        const k = Number(upsert.run(values).lastInsertRowid);
        if (terms !== '') index?.terms.run([k, terms]);
        for (const hash of hashes) index?.hashes.run([hash, k]);
      }
      target.exec('COMMIT');
    }
    ms += performance.now() - started;
    documents += rows.length;
    k = Number(rows.at(-1)?.[0]);
  }
}
