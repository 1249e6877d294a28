import type { RecordType } from '#crm';
import type { SortKey } from '#read-store';
import { type Access, type Paging, type QueryContext, within } from '../queries/query-context.js';
import type { Walked } from '../queries/walk-pages.js';
import { DUPLICATES } from './bearer-document.js';
import { type ClusterDocument, DUPLICATE_CLUSTERS } from './cluster-document.js';
import { clusterId } from './key-in-text.js';
import { walkVisible } from './walk-visible.js';

export interface ListNoise extends Paging {
  readonly type: RecordType;
  /** Which records the caller may delete. */
  readonly access: Access;
}

/** A key that too many records share to say anything. */
export type Noise = Pick<ClusterDocument, 'id' | 'type' | 'kind' | 'strength' | 'value' | 'count'>;

const LARGEST_FIRST: readonly SortKey[] = [{ field: 'count', direction: 'descending' }];
/** For those who may not see all of them, their own are counted up to here. */
const COUNT_UP_TO = 1_000;

/** Those of some keys, as text (`keyText`), that too many records of a type share to say anything. */
export async function noiseAmong(
  { readStore, models }: QueryContext,
  type: RecordType,
  keys: readonly string[],
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const ids = keys.map((key) => clusterId(type, key));
  const stored = await readStore.load(models.live(DUPLICATE_CLUSTERS.name), ids);
  return keys.filter((_key, index) => {
    const cluster = stored.get(ids[index] ?? '')?.document as ClusterDocument | undefined;
    return cluster?.standing === 'noise';
  });
}

/** A page of keys that are noise, those of most records first. */
export async function listNoise(
  { readStore, models }: QueryContext,
  query: ListNoise,
): Promise<Walked<Noise>> {
  const { type, access } = query;
  const clusters = models.live(DUPLICATE_CLUSTERS.name);
  const filter = { type, standing: 'noise' };
  const countOf = async ({ id, count }: ClusterDocument): Promise<number> => {
    if (access === 'all') return count;
    const own = within(access, { keys: id, status: 'live' });
    return own ? readStore.count(models.live(DUPLICATES.name), own, COUNT_UP_TO) : 0;
  };
  return walkVisible({
    ...query,
    next: (limit, cursor) => {
      const at = { sort: LARGEST_FIRST, limit, ...(cursor !== undefined && { cursor }) };
      return readStore.find<ClusterDocument>(clusters, { ...at, filter });
    },
    show: (documents) =>
      Promise.all(
        documents.map(async (document): Promise<Noise | undefined> => {
          const { id, kind, strength, value } = document;
          const count = await countOf(document);
          return count < 2 ? undefined : { id, type, kind, strength, value, count };
        }),
      ),
  });
}
