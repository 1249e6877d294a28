import type { Collection, Db } from 'mongodb';
import type { Lease } from '../leases.port.js';

/** A lease, and what was decided under it. */
export interface LeaseDocument {
  readonly _id: string;
  readonly token: number;
  /** Null when it was let go. */
  readonly holder: string | null;
  readonly ttlMs: number;
  readonly renewals: number;
  /** A batch's decisions that hold and are perhaps not carried out yet. */
  readonly decided?: Decided;
}

export interface Decided {
  /** Of this decision alone. */
  readonly id: string;
  /** The writes as JSON: members of documents are nobody's operators. */
  readonly writes: string;
}

export function leasesIn(db: Db): Collection<LeaseDocument> {
  return db.collection<LeaseDocument>('leases');
}

/** Finds the lease while it is held as it was given out. */
export function heldBy({ name, holder, token }: Lease) {
  return { _id: name, holder, token };
}
