import type { FieldValues, Instant, Position, RecordType, Uuid } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';

/** A record as far as it matters for who may be the same: what its keys come from, whose it is, and the keys. */
export interface BearerDocument extends Document {
  /** `lead:<id>`. */
  readonly id: string;
  readonly type: RecordType;
  readonly status: 'live' | 'deleted' | 'merged';
  /** Default fields that keys come from, see `MATCHED_FIELDS`. */
  readonly fields: FieldValues;
  readonly custom: FieldValues;
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  readonly createdAt: Instant;
  readonly createdBy: string;
  /**
   * Ids of the clusters that it is in: its keys with its type in front, none while it is deleted. While it is merged they lead to the
   * record that stands for it, and are in the clusters of every type that that one may have.
   */
  readonly keys: readonly string[];
  /** The keys of a record that is deleted, which it has again when it is restored. */
  readonly resting?: readonly string[];
  /** Of a merged one: what it was merged into, as `opportunity:<id>`, which may be merged by now too. */
  readonly behind?: string;
  /** Set once something was merged into it, for ever. */
  readonly survivor?: true;
  /** Records that are known to be others, as `lead:<id>`. */
  readonly skipped?: readonly string[];
  /** Of the last event folded. */
  readonly position: Position;
}

/**
 * The index of duplicates: a document for each record, whatever its type. A change of what makes a match key (`#crm`, matching) is a new
 * version here; `leadledger duplicates diff` tells which pairs it gains and loses.
 */
export const DUPLICATES: CollectionDefinition = {
  name: 'duplicates',
  version: 1,
  indexes: [{ fields: ['keys'], multi: 'exact' }],
};

/** The default fields that match keys come from. Others are not kept here, as lists and views have them. */
export const MATCHED_FIELDS = [
  'familyName',
  'givenName',
  'name',
  'email',
  'otherEmails',
  'phones',
  'organisation',
  'taxCode',
  'website',
] as const;
