import type { Filter, RecordType, Uuid } from '#crm';
import { type Page, type SortKey, searchFilter } from '#read-store';
import { SCAN_BUDGET, walk } from '../queries/bounded-find.js';
import {
  type Access,
  InvalidQuery,
  maySee,
  type Paging,
  type QueryContext,
} from '../queries/query-context.js';
import type { Walked } from '../queries/walk-pages.js';
import { idOfKey } from '../records/record-key.js';
import { type BriefRecord, briefRecord, byCreation } from './brief-record.js';
import { type ClusterDocument, DUPLICATE_CLUSTERS } from './cluster-document.js';
import { skippedPairs } from './cluster-ends.js';
import { type ClusterMembers, clusterMembers } from './cluster-members.js';
import { walkVisible } from './walk-visible.js';

export interface ListClusters extends Paging {
  readonly type: RecordType;
  /** Which records the caller may delete: the others are no part of any cluster for them (PRODUCT.md P4). */
  readonly access: Access;
  /** `email`, `phone`, …, `custom.<key>`. */
  readonly kind?: string;
  readonly strength?: 'strong' | 'weak';
  /** Words to search for in the keys' values. */
  readonly q?: string;
}

/** Records that may be the same, as a caller is shown them. */
export interface Cluster
  extends Pick<ClusterDocument, 'id' | 'type' | 'kind' | 'strength' | 'value' | 'count'> {
  /** Those that stand, the first created first: a record that was merged away is there as the one that stands for it. */
  readonly members: readonly BriefRecord[];
  /** Pairs of them that are known not to be the same. */
  readonly skipped: readonly (readonly [Uuid, Uuid])[];
}

const BY_KEY: readonly SortKey[] = [{ field: 'key', direction: 'ascending' }];
const LONGEST_Q = 200;

/** A page of clusters by key. @throws InvalidCursor, InvalidQuery */
export async function listClusters(
  context: QueryContext,
  query: ListClusters,
): Promise<Walked<Cluster>> {
  const { type, access, kind, strength, q = '' } = query;
  if (q.length > LONGEST_Q) throw new InvalidQuery('q', `it has at most ${LONGEST_Q} characters`);
  const listed: Filter = {
    ...{ type, standing: 'listed' },
    ...(kind !== undefined && { kind }),
    ...(strength !== undefined && { strength }),
  };
  return walkVisible({
    ...query,
    next: await pagesOf(context, listed, searchFilter(q)),
    show: (documents) => showClusters(context, access, documents),
  });
}

type NextPage = (limit: number, cursor: string | undefined) => Promise<Page<ClusterDocument>>;

/** What is searched for is found by its index where it is rare, and by walking the list where it is not. */
async function pagesOf(
  { readStore, models }: QueryContext,
  listed: Filter,
  searched: Filter,
): Promise<NextPage> {
  const collection = models.live(DUPLICATE_CLUSTERS.name);
  const all = Object.keys(searched).length === 0;
  const rare = all || (await readStore.count(collection, searched, SCAN_BUDGET + 1)) <= SCAN_BUDGET;
  return (limit, cursor) => {
    const at = { sort: BY_KEY, limit, ...(cursor !== undefined && { cursor }) };
    if (all) return readStore.find(collection, { ...at, filter: listed });
    if (rare) return readStore.find(collection, { ...at, filter: { $and: [listed, searched] } });
    return walk(readStore, collection, { ...at, filter: listed }, searched, SCAN_BUDGET);
  };
}

async function showClusters(
  context: QueryContext,
  access: Access,
  documents: readonly ClusterDocument[],
): Promise<readonly (Cluster | undefined)[]> {
  const members = await clusterMembers(context, documents);
  return documents.map((document, place) => {
    const of = members[place];
    return of && shownCluster(document, access, of);
  });
}

/** Nothing is shown to somebody for whom there is no pair to decide on. */
function shownCluster(
  { id, type, kind, strength, value, skips = [] }: ClusterDocument,
  access: Access,
  { members, endOf }: ClusterMembers,
): Cluster | undefined {
  const visible = members.filter((member) => maySee(access, member));
  const count = visible.length;
  const seen = new Set(visible.map((member) => member.id));
  const skipped = skippedPairs(skips, endOf).filter((pair) => pair.every((one) => seen.has(one)));
  if (skipped.length === (count * (count - 1)) / 2) return undefined;
  return {
    ...{ id, type, kind, strength, value, count },
    members: visible.sort(byCreation).map(briefRecord),
    skipped: skipped.map(([one, other]) => [idOfKey(one), idOfKey(other)]),
  };
}
