import type { MatchKind, RecordType } from '#crm';
import type { Access, QueryContext } from '../queries/query-context.js';
import { type ClusterDocument, DUPLICATE_CLUSTERS } from './cluster-document.js';
import { KEY_KINDS } from './key-kinds.js';
import { listClusters } from './list-clusters.js';
import { LOOKED_AT } from './walk-visible.js';

/** How many clusters there are of a kind of key. */
export type ClusterCount = Pick<ClusterDocument, 'kind' | 'strength'> & { readonly count: number };

export interface ClusterCounts {
  /** Kinds without clusters are left out. */
  readonly counts: readonly ClusterCount[];
  /** False when there are more than were looked at. */
  readonly complete: boolean;
}

/** Of each kind: counting takes the longer the more there are, and the process that counts answers nobody meanwhile. */
const COUNT_UP_TO = 10_000;
const PAGE = 200;

/**
 * Clusters that are listed, by kind of key. For those who may not see everything, what they may see among the first clusters is
 * counted, with their records alone.
 */
export async function countClusters(
  context: QueryContext,
  { type, access }: { readonly type: RecordType; readonly access: Access },
): Promise<ClusterCounts> {
  return access === 'all' ? countAll(context, type) : countVisible(context, type, access);
}

async function countAll(
  { readStore, models, settings }: QueryContext,
  type: RecordType,
): Promise<ClusterCounts> {
  const { customFields } = await settings();
  const custom = customFields
    .filter((field) => field.recordType === type && field.matchKey)
    .map(({ key }): MatchKind => `custom.${key}`);
  const collection = models.live(DUPLICATE_CLUSTERS.name);
  const kinds = [...KEY_KINDS, ...custom].flatMap((kind) =>
    (['strong', 'weak'] as const).map((strength) => ({ kind, strength })),
  );
  const counts = await Promise.all(
    kinds.map(async (one) => {
      const filter = { type, standing: 'listed', ...one };
      return { ...one, count: await readStore.count(collection, filter, COUNT_UP_TO) };
    }),
  );
  return {
    counts: counts.filter(({ count }) => count > 0),
    complete: counts.every(({ count }) => count < COUNT_UP_TO),
  };
}

async function countVisible(
  context: QueryContext,
  type: RecordType,
  access: Access,
): Promise<ClusterCounts> {
  const counts = new Map<string, ClusterCount>();
  let cursor: string | undefined;
  for (let pages = 0; pages < LOOKED_AT / PAGE; pages += 1) {
    const at = cursor === undefined ? {} : { cursor };
    const { items, next } = await listClusters(context, { type, access, limit: PAGE, ...at });
    for (const { kind, strength } of items) {
      const before = counts.get(`${strength} ${kind}`)?.count ?? 0;
      counts.set(`${strength} ${kind}`, { kind, strength, count: before + 1 });
    }
    cursor = next;
    if (cursor === undefined) break;
  }
  return { counts: [...counts.values()], complete: cursor === undefined };
}
