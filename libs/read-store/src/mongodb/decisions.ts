import { randomUUID } from 'node:crypto';
import type { Db } from 'mongodb';
import { LeaseLost } from '../errors.js';
import type { Lease } from '../leases.port.js';
import type { Write } from '../read-store.port.js';
import { type Decided, heldBy, leasesIn } from './leases-collection.js';
import { writeToCollections } from './write-to-collections.js';

/**
 * Makes sure that the lease is held, and that what was last decided under it is carried out.
 * @throws LeaseLost
 */
export async function checkFence(db: Db, fence: Lease): Promise<void> {
  const lease = await leasesIn(db).findOne(heldBy(fence));
  if (!lease) throw new LeaseLost(fence.name, fence.token);
  if (lease.decided) await carryOut(db, fence.name, lease.decided);
}

export function decisionOf(writes: readonly Write[]): Decided {
  return { id: randomUUID(), writes: JSON.stringify(writes) };
}

/**
 * Decides all or nothing, and only while the lease is held, on a store that changes one document at a time: what is decided is put
 * into the lease itself, on the condition that it is held. From then on it holds, and is to be carried out: by its holder at
 * once, or by whoever takes the lease next, before anything else. It is guarded by positions, so that carrying it out late or
 * twice changes nothing.
 * @throws LeaseLost nothing was decided
 */
export async function decide(db: Db, fence: Lease, decided: Decided): Promise<void> {
  const free = { $or: [{ decided: { $exists: false } }, { 'decided.id': decided.id }] };
  for (;;) {
    const { matchedCount } = await leasesIn(db).updateOne(
      { ...heldBy(fence), ...free },
      { $set: { decided } },
    );
    if (matchedCount === 1) return;
    // The lease is lost, or holds what another part of its holder has just decided.
    await checkFence(db, fence);
  }
}

/** Writes what was decided under a lease, and then strikes it off, unless something else was decided since. */
export async function carryOut(db: Db, name: string, { id, writes }: Decided): Promise<void> {
  await writeToCollections(db, JSON.parse(writes));
  await leasesIn(db).updateOne({ _id: name, 'decided.id': id }, { $unset: { decided: true } });
}
