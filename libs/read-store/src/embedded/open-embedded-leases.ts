import { ReadStoreUnavailable } from '../errors.js';
import { createLeaseWatch, type StoredLease } from '../lease-watch.js';
import type { Leases } from '../leases.port.js';
import { first, openDatabase, rowsOf } from './database.js';
import { inTransaction } from './in-transaction.js';

/**
 * Leases beside the embedded read store, in `<folder>/read.db`. One process writes a data folder, so they are little more than the
 * truth about that; the same port lets the same worker run on both.
 * @throws ReadStoreUnavailable the folder cannot be written
 */
export function openEmbeddedLeases({ folder }: { readonly folder: string }): Leases {
  const connection = openDatabase({ folder });
  const watch = createLeaseWatch();
  const select = connection.prepare(
    'SELECT holder, token, ttl, renewals FROM leases WHERE name = ?',
  );
  const save = connection.prepare('INSERT OR REPLACE INTO leases VALUES (?, ?, ?, ?, 0)');
  const change = (set: string) =>
    connection.prepare(`UPDATE leases SET ${set} WHERE name = ? AND holder = ? AND token = ?`);
  const renew = change('renewals = renewals + 1');
  // No holder has an empty name.
  const release = change(`holder = ''`);
  let closed = false;

  function stored(name: string): StoredLease | undefined {
    const row = first(select, name);
    if (row === undefined) return undefined;
    const [holder, token, ttlMs, renewals] = row;
    return {
      holder: holder === '' ? undefined : String(holder),
      token: Number(token),
      ttlMs: Number(ttlMs),
      renewals: Number(renewals),
    };
  }

  function guarded<Result>(work: () => Result): Result {
    if (closed) throw new ReadStoreUnavailable('it is closed');
    try {
      return inTransaction(connection, work);
    } catch (error) {
      throw new ReadStoreUnavailable(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    async acquire(name, holder, ttlMs) {
      return guarded(() => {
        const before = stored(name);
        const taken = before?.holder !== undefined && before.holder !== holder;
        if (taken && !watch.isOver(name, before)) return undefined;
        const token = (before?.token ?? 0) + 1;
        save.run([name, holder, token, ttlMs]);
        return { name, holder, token };
      });
    },
    async renew({ name, holder, token }) {
      return guarded(() => renew.run([name, holder, token]).changes === 1);
    },
    async release({ name, holder, token }) {
      guarded(() => release.run([name, holder, token]));
    },
    async standing(names) {
      const all = guarded(() =>
        rowsOf(
          connection.prepare('SELECT name, holder, token, renewals FROM leases ORDER BY name'),
        ).map(([name, holder, token, renewals]) => ({
          name: String(name),
          holder: holder === '' ? undefined : String(holder),
          token: Number(token),
          renewals: Number(renewals),
        })),
      );
      return names ? all.filter(({ name }) => names.includes(name)) : all;
    },
    async close() {
      if (closed) return;
      closed = true;
      connection.close();
    },
  };
}
