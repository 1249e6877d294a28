import { MOST_IN_CLUSTER } from '#crm';
import type { QueryContext } from '../queries/query-context.js';
import { type BearerDocument, DUPLICATES } from './bearer-document.js';
import type { ClusterDocument } from './cluster-document.js';
import type { EndOf } from './cluster-ends.js';
import type { DuplicateIndex } from './duplicate-index.js';
import { livingBearers } from './living-bearers.js';

/** Who stands for the records of a cluster. */
export interface ClusterMembers {
  /** Records that bear the key, and those that records were merged into which do; each once. */
  readonly members: readonly BearerDocument[];
  readonly endOf: EndOf;
}

/**
 * The members of a page of clusters, whoever may see them: one look-up for all, and no more unless records were merged into
 * some that do not bear the key themselves.
 */
export async function clusterMembers(
  context: Pick<QueryContext, 'readStore' | 'models'>,
  clusters: readonly ClusterDocument[],
): Promise<readonly ClusterMembers[]> {
  const { readStore, models } = context;
  const index = { readStore, bearers: models.live(DUPLICATES.name) };
  const found = await bearersOf(index, clusters);
  const awayIn = clusters.map(({ links = [] }) =>
    links.flatMap(({ member, behind }) => (behind === undefined ? [] : member)),
  );
  const mergedAway = [...new Set(awayIn.flat())];
  const living = mergedAway.length > 0 ? await livingBearers(context, mergedAway, found) : found;
  const standing = livingByKey(found, clusters);
  return clusters.map(({ id, type }, place) => {
    const members = new Map(standing.get(id));
    for (const away of awayIn[place] ?? []) {
      const end = living.get(away);
      if (end?.type === type) members.set(end.id, end);
    }
    const endOf: EndOf = (member) =>
      found.get(member)?.status === 'live' ? member : living.get(member)?.id;
    return { members: [...members.values()], endOf };
  });
}

/** Everybody who bears the keys of some clusters that are no noise, by record key: those merged away do not crowd out the others. */
export async function bearersOf(
  { readStore, bearers }: Pick<DuplicateIndex, 'readStore' | 'bearers'>,
  clusters: readonly ClusterDocument[],
): Promise<ReadonlyMap<string, BearerDocument>> {
  const elements = clusters.map(({ id }) => id);
  const mostLinks = Math.max(0, ...clusters.map(({ links = [] }) => links.length));
  const lookUp = { field: 'keys', elements, most: MOST_IN_CLUSTER + mostLinks };
  return readStore.lookUp<BearerDocument>(bearers, lookUp);
}

/** The live ones among bearers, by id within each of the clusters that they are in. */
export function livingByKey(
  bearers: ReadonlyMap<string, BearerDocument>,
  clusters: readonly ClusterDocument[],
): ReadonlyMap<string, ReadonlyMap<string, BearerDocument>> {
  const members = new Map(clusters.map(({ id }) => [id, new Map<string, BearerDocument>()]));
  for (const bearer of bearers.values()) {
    if (bearer.status !== 'live') continue;
    for (const key of bearer.keys) members.get(key)?.set(bearer.id, bearer);
  }
  return members;
}
