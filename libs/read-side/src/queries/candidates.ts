import { FILTER_LIMITS, type RecordType, type Uuid } from '#crm';
import type { Document } from '#read-store';
import { type BearerDocument, DUPLICATES } from '../duplicates/bearer-document.js';
import { clusterId, partsOfClusterId } from '../duplicates/key-in-text.js';
import { recordOfKey } from '../records/record-key.js';
import { type Access, maySee, type QueryContext, within } from './query-context.js';

/** A record that bears match keys, and whose it is. */
export interface Bearer extends Document {
  readonly id: Uuid;
  readonly type: RecordType;
  readonly status: BearerDocument['status'];
  /** Match keys as text (`keyText`); none of a record that is deleted or merged. */
  readonly keys: readonly string[];
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  readonly createdBy: string;
}

export interface FindCandidates {
  readonly type: RecordType;
  /** Match keys as text (`keyText`). */
  readonly keys: readonly string[];
  readonly access: Access;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** Records that share one of the keys, the first created first. Only found here: who decides confirms them against their streams. */
export async function findCandidates(
  { readStore, models }: QueryContext,
  { type, keys, access, limit }: FindCandidates,
): Promise<readonly Bearer[]> {
  const asked = keys.slice(0, FILTER_LIMITS.values).map((key) => clusterId(type, key));
  const filter = within(access, { keys: { $in: asked } });
  if (!filter || asked.length === 0) return [];
  const sort = [{ field: 'createdAt', direction: 'ascending' }] as const;
  const find = { filter, sort, limit };
  const page = await readStore.find<BearerDocument>(models.live(DUPLICATES.name), find);
  return page.documents.map(bearerOf);
}

export interface FindSharing {
  readonly type: RecordType;
  /** Match keys as text (`keyText`). */
  readonly keys: readonly string[];
  /** For each key, at most. */
  readonly most: number;
}

/**
 * Records that share one of many keys, whoever may see them, by id: for looking up what many callers ask for at once. The
 * caller of this shows nobody what `isShownTo` does not allow.
 */
export async function findSharing(
  { readStore, models }: QueryContext,
  { type, keys, most }: FindSharing,
): Promise<ReadonlyMap<Uuid, Bearer>> {
  const elements = keys.map((key) => clusterId(type, key));
  const lookUp = { field: 'keys', elements, most };
  const found = await readStore.lookUp<BearerDocument>(models.live(DUPLICATES.name), lookUp);
  const bearers = [...found.values()].map(bearerOf);
  return new Map(bearers.map((bearer) => [bearer.id, bearer]));
}

/** Whether a record stands and the caller may see it. */
export function isShownTo(access: Access, document: Bearer): boolean {
  return document.status === 'live' && maySee(access, document);
}

function bearerOf(document: BearerDocument): Bearer {
  const { type, status, keys, ownerId, teamId, createdBy } = document;
  const { id = document.id } = recordOfKey(document.id) ?? {};
  return {
    ...{ id, type, status, createdBy },
    keys: keys.map((key) => partsOfClusterId(key).text),
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
  };
}
