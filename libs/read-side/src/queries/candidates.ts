import { FILTER_LIMITS, type Filter, type RecordRef, type RecordType, type Uuid } from '#crm';
import type { Document } from '#read-store';
import { type BearerDocument, DUPLICATES } from '../duplicates/bearer-document.js';
import {
  lookUpBearers,
  MOST_MERGED_AWAY,
  type Standing,
  standingAmong,
} from '../duplicates/bearing-records.js';
import { byCreation } from '../duplicates/brief-record.js';
import { clusterId, partsOfClusterId } from '../duplicates/key-in-text.js';
import { idOfKey, recordOfKey } from '../records/record-key.js';
import { type Access, maySee, type QueryContext, within } from './query-context.js';

/** A record that bears match keys and stands, and whose it is. */
export interface Bearer extends Document {
  readonly id: Uuid;
  /** The one looked among, or what records of that one were merged into. */
  readonly type: RecordType;
  readonly status: BearerDocument['status'];
  /** Match keys as text (`keyText`): its own, and those of records merged into it that it was found through. */
  readonly keys: readonly string[];
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  readonly createdBy: string;
}

export interface FindCandidates {
  readonly type: RecordType;
  /** Match keys as text (`keyText`). */
  readonly keys: readonly string[];
  /** What the caller may see: leads may have been merged into opportunities. */
  readonly accessTo: (type: RecordType) => Access;
  /** 1 to 1,000. */
  readonly limit: number;
}

/**
 * Records that share one of the keys, the first created first; those merged away as the ones that stand for them. Only found
 * here: who decides confirms them against their streams.
 */
export async function findCandidates(
  context: QueryContext,
  { type, keys, accessTo, limit }: FindCandidates,
): Promise<readonly Bearer[]> {
  const { readStore, models } = context;
  const asked = keys.slice(0, FILTER_LIMITS.values).map((key) => clusterId(type, key));
  if (asked.length === 0) return [];
  const firstCreated = async (filter: Filter | undefined, most: number) => {
    if (!filter) return [];
    const sort = [{ field: 'createdAt', direction: 'ascending' }] as const;
    const find = { filter, sort, limit: most };
    return (await readStore.find<BearerDocument>(models.live(DUPLICATES.name), find)).documents;
  };
  const bearing = { keys: { $in: asked } };
  const [live, mergedAway] = await Promise.all([
    firstCreated(within(accessTo(type), { ...bearing, status: 'live' }), limit),
    firstCreated({ ...bearing, status: 'merged' }, MOST_MERGED_AWAY),
  ]);
  const found = new Map([...live, ...mergedAway].map((bearer) => [bearer.id, bearer]));
  const standing = [...(await standingAmong(context, type, asked, found)).values()];
  return standing
    .filter(({ bearer }) => maySee(accessTo(bearer.type), bearer))
    .sort((one, other) => byCreation(one.bearer, other.bearer))
    .slice(0, limit)
    .map(bearerOf);
}

export interface FindSharing {
  readonly type: RecordType;
  /** Match keys as text (`keyText`). */
  readonly keys: readonly string[];
  /** For each key, at most. */
  readonly most: number;
}

/**
 * Records that share one of many keys, whoever may see them, by id: for looking up what many callers ask for at once. Those merged
 * away are there as the ones that stand for them. The caller of this shows nobody what `isShownTo` does not allow.
 */
export async function findSharing(
  context: QueryContext,
  { type, keys, most }: FindSharing,
): Promise<ReadonlyMap<Uuid, Bearer>> {
  const asked = keys.map((key) => clusterId(type, key));
  const found = await lookUpBearers(context, asked, most);
  const standing = await standingAmong(context, type, asked, found);
  const bearers = [...standing.values()].map(bearerOf);
  return new Map(bearers.map((bearer) => [bearer.id, bearer]));
}

/**
 * Records that share one of the keys, those merged away among them as themselves: for who reads their streams and follows them there.
 * Among opportunities there are leads that were merged, perhaps into one.
 */
export async function findBearing(
  context: QueryContext,
  { type, keys, most }: FindSharing,
): Promise<readonly RecordRef[]> {
  const asked = keys.map((key) => clusterId(type, key));
  const found = await lookUpBearers(context, asked, most);
  return [...found.keys()].flatMap((key) => recordOfKey(key) ?? []);
}

/** Whether a record stands and the caller may see it. */
export function isShownTo(access: Access, document: Bearer): boolean {
  return document.status === 'live' && maySee(access, document);
}

function bearerOf({ bearer, through }: Standing): Bearer {
  const { type, status, keys, ownerId, teamId, createdBy } = bearer;
  const own = keys.map((key) => partsOfClusterId(key).text);
  return {
    ...{ id: idOfKey(bearer.id), type, status, createdBy },
    keys: through.length > 0 ? [...new Set([...own, ...through])] : own,
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
  };
}
