import type { Filter, RecordRef, Uuid } from '#crm';
import type { Page } from '#read-store';
import { MERGES, type MergeDocument } from '../merges/merge-projection.js';
import { recordKey } from '../records/record-key.js';
import { type ListAudited, listAudited } from './list-audited.js';
import type { QueryContext } from './query-context.js';

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

export interface ListMerges extends ListAudited {
  /** One that takes part, as the survivor or merged away. */
  readonly record?: RecordRef;
  /** Only where it took this part. */
  readonly as?: 'survivor' | 'merged';
}

/** All merges, newest first, for those who may audit. */
export async function listMerges(
  context: QueryContext,
  query: ListMerges,
): Promise<Page<MergeDocument>> {
  const { record, as: part } = query;
  const survivor = part === 'survivor' ? { $eq: record?.id ?? '' } : { $ne: record?.id ?? '' };
  const filter: Filter = {
    ...(record && { recordKeys: recordKey(record) }),
    ...(record && part && { 'survivor.id': survivor }),
  };
  return listAudited<MergeDocument>(context, MERGES.name, query, filter);
}
