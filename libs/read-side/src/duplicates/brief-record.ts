import type { FieldValues, Instant, RecordType, Uuid } from '#crm';
import type { Document } from '#read-store';
import { idOfKey } from '../records/record-key.js';
import type { BearerDocument } from './bearer-document.js';

/** A record as a list of duplicates shows it: enough to tell it from another. Default fields stand under their own names. */
export interface BriefRecord extends Document {
  readonly id: Uuid;
  readonly type: RecordType;
  readonly status: BearerDocument['status'];
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  readonly createdAt: Instant;
}

/** What a list shows of what stands for a record in the clusters. */
export function briefRecord(bearer: BearerDocument): BriefRecord {
  const { type, status, ownerId, teamId, createdAt, fields } = bearer;
  return {
    ...(fields as FieldValues),
    ...{ id: idOfKey(bearer.id), type, status },
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
    createdAt,
  };
}

/** The first created first, as merging takes them. */
export function byCreation(one: BearerDocument, other: BearerDocument): number {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
