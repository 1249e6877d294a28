import { checkFilter, InvalidFilter } from '#crm';
import { InvalidCursor, LeaseLost, ReadStoreUnavailable } from '../errors.js';
import type {
  CollectionDefinition,
  Document,
  Find,
  LookUp,
  ReadStore,
  Stored,
  Write,
  WriteBatch,
} from '../read-store.port.js';
import { openCatalog } from './catalog.js';
import { countDocuments } from './count-documents.js';
import {
  type EmbeddedReadStoreOptions,
  isDamage,
  markDamaged,
  openDatabase,
  type Statement,
} from './database.js';
import { checkFence } from './fence.js';
import { findDocuments } from './find-documents.js';
import { inTransaction } from './in-transaction.js';
import type { Layout } from './layout.js';
import { lookUpDocuments } from './look-up-documents.js';
import { openStatements } from './statements.js';
import { type DocumentWriter, openDocumentWriter } from './write-documents.js';

/** All of a batch in one statement: a process saves one for each read model after every few events. */
const SAVE_CHECKPOINTS = `INSERT INTO checkpoints SELECT key, value FROM json_each(?) WHERE true ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE excluded.position > position`;

interface OpenWriter {
  readonly layout: Layout;
  readonly writer: DocumentWriter;
}

/**
 * The read store of the embedded default: SQLite in `<folder>/read.db`. Documents and checkpoints change in one transaction,
 * so that after a crash the checkpoint is never ahead of them; the last transactions may be lost to a power cut, and come
 * back from events. A damaged or foreign file is replaced by an empty one (`onRecreated`). Calls run at once, one after the other.
 * @throws ReadStoreUnavailable the folder cannot be written, or there is nothing to read for `readOnly`
 */
export function openEmbeddedReadStore(options: EmbeddedReadStoreOptions): ReadStore {
  const connection = openDatabase(options);
  const catalog = openCatalog(connection);
  const statements = openStatements(connection);
  const writers = new Map<string, OpenWriter>();
  let saveCheckpoints: Statement | undefined;
  let closed = false;

  const noteDamage = (error: unknown): boolean => {
    if (!isDamage(error) || options.folder === undefined || options.readOnly) return false;
    markDamaged(options.folder);
    return true;
  };

  const translated = (error: unknown): unknown => {
    if (error instanceof InvalidFilter || error instanceof InvalidCursor) return error;
    if (error instanceof ReadStoreUnavailable || error instanceof RangeError) return error;
    if (error instanceof LeaseLost) return error;
    if (noteDamage(error)) {
      return new ReadStoreUnavailable('its file is damaged and is rebuilt at the next start');
    }
    return new ReadStoreUnavailable(error instanceof Error ? error.message : String(error));
  };

  const guarded = <Result>(work: () => Result): Result => {
    if (closed) throw new ReadStoreUnavailable('it is closed');
    try {
      return work();
    } catch (error) {
      throw translated(error);
    }
  };

  const changing = <Result>(work: () => Result): Result =>
    guarded(() => {
      if (options.readOnly) throw new ReadStoreUnavailable('it is open for reading only');
      try {
        return inTransaction(connection, work);
      } catch (error) {
        catalog.reset();
        writers.clear();
        throw error;
      }
    });

  const writerFor = (collection: CollectionDefinition): DocumentWriter => {
    const layout = catalog.find(collection) ?? catalog.create(collection);
    const open = writers.get(layout.table);
    if (open?.layout === layout) return open.writer;
    const writer = openDocumentWriter(connection, layout);
    writers.set(layout.table, { layout, writer });
    return writer;
  };

  const noteLists = (): void => {
    for (const { layout, writer } of writers.values()) {
      if (writer.lists.size === 0) continue;
      catalog.noteLists(layout, writer.lists);
      writers.delete(layout.table);
    }
  };

  return {
    async ensure(collection) {
      if (guarded(() => catalog.covers(collection))) return;
      changing(() => {
        catalog.create(collection);
        writers.clear();
      });
    },
    async load(collection, ids) {
      return guarded(() => {
        const layout = catalog.find(collection);
        if (layout === undefined || ids.length === 0) return new Map<string, Stored>();
        const rows = statements.rows(
          `SELECT id, position, document FROM ${layout.table} WHERE id IN (SELECT value FROM json_each(?))`,
          [JSON.stringify(ids)],
        );
        return new Map(
          rows.map(([id, position, document]): [string, Stored] => [
            String(id),
            { document: JSON.parse(String(document)), position: Number(position) },
          ]),
        );
      });
    },
    async write(batch: WriteBatch) {
      changing(() => {
        checkFence(connection, batch.fence);
        const byCollection = new Map<string, Write[]>();
        const { ahead = [], decisions = [] } = batch;
        for (const write of [...ahead, ...batch.writes, ...decisions]) {
          const { name, version } = write.collection;
          const writes = byCollection.get(`${name}@${version}`);
          if (writes === undefined) byCollection.set(`${name}@${version}`, [write]);
          else writes.push(write);
        }
        for (const writes of byCollection.values()) {
          const [first] = writes;
          if (first) writerFor(first.collection).write(writes);
        }
        noteLists();
        saveCheckpoints ??= connection.prepare(SAVE_CHECKPOINTS);
        saveCheckpoints.run([JSON.stringify(batch.checkpoints)]);
      });
    },
    async find<Doc extends Document>(collection: CollectionDefinition, find: Find) {
      return guarded(() => {
        const layout = catalog.find(collection);
        return findDocuments<Doc>(statements, layout, collection, find);
      });
    },
    async lookUp<Doc extends Document>(collection: CollectionDefinition, lookUp: LookUp) {
      return guarded(() => {
        const layout = catalog.find(collection);
        return layout ? lookUpDocuments<Doc>(statements, layout, lookUp) : new Map<string, Doc>();
      });
    },
    async count(collection, filter, upTo) {
      return guarded(() => {
        checkFilter(filter);
        const layout = catalog.find(collection);
        return layout === undefined ? 0 : countDocuments(statements, layout, filter, upTo);
      });
    },
    async checkpoints(names) {
      return guarded(() => {
        const saved = statements.rows(
          'SELECT name, position FROM checkpoints WHERE name IN (SELECT value FROM json_each(?))',
          [JSON.stringify(names)],
        );
        return new Map(saved.map(([name, position]) => [String(name), Number(position)]));
      });
    },
    async versions(name) {
      return guarded(() => catalog.versions(name));
    },
    async drop(collection, fence) {
      changing(() => {
        checkFence(connection, fence);
        catalog.drop(collection);
        writers.clear();
      });
    },
    async forget(name, fence) {
      changing(() => {
        checkFence(connection, fence);
        connection.prepare('DELETE FROM checkpoints WHERE name = ?').run([name]);
      });
    },
    async close() {
      if (closed) return;
      closed = true;
      // The driver keeps prepared statements, and so the log, alive until they are collected: empty it now.
      try {
        if (!options.readOnly) connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        noteDamage(error);
      }
      connection.close();
    },
  };
}
