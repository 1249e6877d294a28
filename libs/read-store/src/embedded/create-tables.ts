import { type Connection, rowsOf } from './database.js';
import { TERM_SIGNS } from './element-terms.js';
import { openElementWriter } from './element-writer.js';
import { idIndex, type Layout } from './layout.js';
import { derivedNames, derivedValues } from './row.js';

const CHUNK = 1_000;

function createBase(connection: Connection, layout: Layout): void {
  const derived = derivedNames(layout).map((name) => `${name} NOT NULL, `);
  connection.exec(
    `CREATE TABLE ${layout.table} (k INTEGER PRIMARY KEY, id TEXT NOT NULL, position INTEGER NOT NULL, ${derived.join('')}document TEXT NOT NULL)`,
  );
  connection.exec(`CREATE UNIQUE INDEX ${idIndex(layout).name} ON ${layout.table} (id)`);
  connection.exec(
    `CREATE TABLE ${layout.removed} (id TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID`,
  );
}

/**
 * One row per document rather than one per element: a full-text index gathers terms in memory and merges them in runs, where
 * rows in order of their values would touch a page each. It holds neither the places of terms nor texts.
 */
function createElements(connection: Connection, { terms, hashes }: Layout): void {
  connection.exec(
    `CREATE TABLE ${hashes} (h INTEGER NOT NULL, k INTEGER NOT NULL, PRIMARY KEY (h, k)) WITHOUT ROWID`,
  );
  connection.exec(
    `CREATE VIRTUAL TABLE ${terms} USING fts5 (terms, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '${TERM_SIGNS}'")`,
  );
}

/** Fills new columns and, anew, the elements from the documents that are there; answers the fields found to hold lists. */
function fill(connection: Connection, layout: Layout, newElements: boolean): ReadonlySet<string> {
  const lists = new Set<string>();
  const select = connection.prepare(
    `SELECT k, document FROM ${layout.table} WHERE k > ? ORDER BY k LIMIT ${CHUNK}`,
  );
  const names = derivedNames(layout);
  const assignments = names.map((name) => `${name} = ?`).join(', ');
  const update = connection.prepare(`UPDATE ${layout.table} SET ${assignments} WHERE k = ?`);
  const elements = newElements ? openElementWriter(connection, layout) : undefined;
  for (let after = 0; ; ) {
    const rows = rowsOf(select, after);
    if (rows.length === 0) break;
    for (const row of rows) {
      const k = Number(row[0]);
      const values = derivedValues(layout, JSON.parse(String(row[1])), (field) => lists.add(field));
      update.run([...values, k]);
      elements?.replace(k, [], values);
      after = k;
    }
    elements?.flush();
  }
  return lists;
}

/**
 * Within the caller's transaction: brings the tables from the layout before, if any, to the one wanted.
 * Answers the layout with what its documents showed about lists.
 */
export function createMissing(
  connection: Connection,
  before: Layout | undefined,
  wanted: Layout,
): Layout {
  const had = new Set(before === undefined ? [] : derivedNames(before));
  const newElements = wanted.multis.length > (before?.multis.length ?? 0);
  let layout = wanted;
  if (before === undefined) createBase(connection, wanted);
  if (newElements) {
    for (const table of [wanted.terms, wanted.hashes]) {
      connection.exec(`DROP TABLE IF EXISTS ${table}`);
    }
    createElements(connection, wanted);
  }
  if (before !== undefined) {
    const missing = derivedNames(wanted).filter((name) => !had.has(name));
    for (const name of missing) {
      connection.exec(`ALTER TABLE ${wanted.table} ADD COLUMN ${name} NOT NULL DEFAULT ''`);
    }
    if (missing.length > 0) {
      const lists = fill(connection, wanted, newElements);
      layout = {
        ...wanted,
        columns: wanted.columns.map((c) => (lists.has(c.field) ? { ...c, lists: true } : c)),
      };
    }
  }
  const columnOf = new Map(wanted.columns.map((column) => [column.field, column.name]));
  for (const index of wanted.indexes.slice(before?.indexes.length ?? 0)) {
    const names = index.fields.map((field) => columnOf.get(field));
    connection.exec(`CREATE INDEX ${index.name} ON ${wanted.table} (${names.join(', ')}, id)`);
  }
  return layout;
}
