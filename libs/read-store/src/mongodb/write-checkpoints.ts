import type { AnyBulkWriteOperation, Collection, Db } from 'mongodb';
import type { Position } from '#crm';
import { duplicateIdsIn } from '#mongodb';
import type { Lease } from '../leases.port.js';

/** Progress under a subscriber's name. */
export interface StoredCheckpoint {
  readonly _id: string;
  /** Missing when it was forgotten under a fence. */
  readonly position?: Position;
  /** Of the lease that it was last written under. */
  readonly token?: number;
}

export function checkpointsIn(db: Db): Collection<StoredCheckpoint> {
  return db.collection<StoredCheckpoint>('checkpoints');
}

type Update = Extract<AnyBulkWriteOperation<StoredCheckpoint>, { updateOne: unknown }>;

/** Saves checkpoints in one bulk write: none goes back, and none is written over one with a newer token. */
export async function writeCheckpoints(
  db: Db,
  checkpoints: Readonly<Record<string, Position>>,
  fence: Lease | undefined,
): Promise<void> {
  const entries = Object.entries(checkpoints);
  if (entries.length === 0) return;
  const updates = (upsert: boolean, names: typeof entries) =>
    names.map(([name, position]) => saving(name, position, fence, upsert));
  const collection = checkpointsIn(db);
  try {
    await collection.bulkWrite(updates(true, entries), { ordered: false });
  } catch (error) {
    const failed = duplicateIdsIn(error);
    if (!failed) throw error;
    // As with documents: what is there now may be behind.
    const again = failed.flatMap((place) => entries.slice(place, place + 1));
    await collection.bulkWrite(updates(false, again), { ordered: false });
  }
}

function saving(
  name: string,
  position: Position,
  fence: Lease | undefined,
  upsert: boolean,
): Update {
  const behind = { $or: [{ position: { $exists: false } }, { position: { $lt: position } }] };
  const older = fence && {
    $or: [{ token: { $exists: false } }, { token: { $lte: fence.token } }],
  };
  return {
    updateOne: {
      filter: { _id: name, $and: older ? [behind, older] : [behind] },
      update: { $set: { position, ...(fence && { token: fence.token }) } },
      upsert,
    },
  };
}

/** Under a fence the token stays, so that a worker without the lease does not bring the checkpoint back. */
export async function forgetCheckpoint(
  db: Db,
  name: string,
  fence: Lease | undefined,
): Promise<void> {
  if (!fence) {
    await checkpointsIn(db).deleteOne({ _id: name });
    return;
  }
  await checkpointsIn(db).updateOne(
    { _id: name },
    { $set: { token: fence.token }, $unset: { position: true } },
    { upsert: true },
  );
}
