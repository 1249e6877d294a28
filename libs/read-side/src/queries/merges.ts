import type { Filter, RecordRef, Uuid } from '#crm';
import type { Page } from '#read-store';
import { MERGES, type MergeDocument } from '../merges/merge-projection.js';
import { recordKey } from '../records/record-key.js';
import { newestFirst } from './around-record.js';
import { boundedFind } from './bounded-find.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

/** A merge by its id. Whether the caller may see it follows from the survivor. */
export async function getMerge(
  { readStore, models }: QueryContext,
  id: Uuid,
): Promise<MergeDocument | undefined> {
  const stored = await readStore.load(models.live(MERGES.name), [id]);
  return stored.get(id)?.document as MergeDocument | undefined;
}

/** Merges that were committed or undone and are not known to be completed. */
export async function pendingMerges(
  { readStore, models }: QueryContext,
  limit: number,
): Promise<readonly MergeDocument[]> {
  const { documents } = await readStore.find<MergeDocument>(models.live(MERGES.name), {
    filter: { pending: true },
    sort: [],
    limit,
  });
  return documents;
}

export interface ListMerges extends Paging {
  /** One that takes part, as the survivor or merged away. */
  readonly record?: RecordRef;
  /** Only where it took this part. */
  readonly as?: 'survivor' | 'merged';
  readonly by?: string;
  /** Bounds of `at`: from inclusive, until exclusive. */
  readonly from?: string;
  readonly until?: string;
}

/** All merges, newest first, for those who may audit. */
export async function listMerges(
  { readStore, models }: QueryContext,
  query: ListMerges,
): Promise<Page<MergeDocument>> {
  const { record, as: part, by, from, until, cursor } = query;
  const survivor = part === 'survivor' ? { $eq: record?.id ?? '' } : { $ne: record?.id ?? '' };
  const filter: Filter = {
    ...(record && { recordKeys: recordKey(record) }),
    ...(record && part && { 'survivor.id': survivor }),
    ...(by !== undefined && { by }),
    ...((from ?? until) !== undefined && {
      at: { ...(from !== undefined && { $gte: from }), ...(until !== undefined && { $lt: until }) },
    }),
  };
  return boundedFind<MergeDocument>(readStore, models.live(MERGES.name), {
    filter,
    sort: newestFirst('at'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}
