import { isDuplicateId, type MongoConnection, MongoUnavailable } from '#mongodb';
import { ReadStoreUnavailable } from '../errors.js';
import { createLeaseWatch } from '../lease-watch.js';
import type { Lease, Leases } from '../leases.port.js';
import { carryOut } from './decisions.js';
import { heldBy, type LeaseDocument, leasesIn } from './leases-collection.js';

/**
 * Leases on MongoDB: one document each, changed by compare-and-set at a majority. The document is never deleted, so that tokens grow for
 * ever. Closing them leaves the connection open.
 */
export function openMongoLeases(connection: MongoConnection): Leases {
  const leases = leasesIn(connection.db);
  const watch = createLeaseWatch();
  let closed = false;

  async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    if (closed) throw new ReadStoreUnavailable('it is closed');
    try {
      return await connection.run(work);
    } catch (error) {
      if (!(error instanceof MongoUnavailable)) throw error;
      throw new ReadStoreUnavailable(`MongoDB at ${error.place}: ${error.why}`);
    }
  }

  async function first(lease: Lease, ttlMs: number): Promise<Lease | undefined> {
    const { name, holder, token } = lease;
    try {
      await leases.insertOne({ _id: name, token, holder, ttlMs, renewals: 0 });
      return lease;
    } catch (error) {
      if (isDuplicateId(error)) return undefined;
      throw error;
    }
  }

  /** Undefined when somebody else was faster. */
  async function next(
    before: LeaseDocument,
    holder: string,
    ttlMs: number,
  ): Promise<Lease | undefined> {
    const { _id: name, token, renewals } = before;
    const taken = await leases.findOneAndUpdate(
      { _id: name, token, renewals, holder: before.holder },
      { $set: { holder, ttlMs, renewals: 0 }, $inc: { token: 1 } },
      { returnDocument: 'after' },
    );
    if (!taken) return undefined;
    // What was decided before is carried out before anything is read under the new token.
    if (taken.decided) await carryOut(connection.db, name, taken.decided);
    return { name, holder, token: taken.token };
  }

  return {
    acquire: (name, holder, ttlMs) =>
      guarded(async () => {
        const before = await leases.findOne({ _id: name });
        if (!before) return first({ name, holder, token: 1 }, ttlMs);
        const other = before.holder !== null && before.holder !== holder;
        const stored = { ...before, holder: before.holder ?? undefined };
        if (other && !watch.isOver(name, stored)) return undefined;
        return next(before, holder, ttlMs);
      }),
    renew: (lease) =>
      guarded(async () => {
        const renewed = await leases.updateOne(heldBy(lease), { $inc: { renewals: 1 } });
        return renewed.matchedCount === 1;
      }),
    release: (lease) =>
      guarded(async () => {
        await leases.updateOne(heldBy(lease), { $set: { holder: null } });
      }),
    standing: (names) =>
      guarded(async () => {
        const query = names ? { _id: { $in: [...names] } } : {};
        const all = await leases.find(query).sort({ _id: 1 }).toArray();
        return all.map(({ _id: name, holder, token, renewals }) => ({
          ...{ name, holder: holder ?? undefined, token, renewals },
        }));
      }),
    async close() {
      closed = true;
    },
  };
}
