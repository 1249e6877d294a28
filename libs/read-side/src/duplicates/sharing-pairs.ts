import type { BearerDocument } from './bearer-document.js';
import type { ClusterDocument } from './cluster-document.js';
import { bearersOf, livingByKey } from './cluster-members.js';
import type { DuplicateIndex } from './duplicate-index.js';

/** Two records that share keys which are not noise. */
export interface SharingPair {
  /** In order, as `lead:<id>`. */
  readonly members: readonly [string, string];
  /** Ids of the clusters that both are in, in order. */
  readonly shared: readonly string[];
}

export interface PairsOfPage {
  readonly clusters: number;
  readonly pairs: readonly SharingPair[];
}

/** Clusters whose records are in memory at a time: no more than 5,000 of them. */
const PAGE = 100;

/** All pairs of an index, each once: with the first of the clusters that both are in. Who was merged away makes no pair. */
export async function* sharingPairs(
  index: DuplicateIndex,
): AsyncGenerator<PairsOfPage, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await index.readStore.find<ClusterDocument>(index.clusters, {
      filter: {},
      sort: [],
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    const clusters = page.documents.filter(({ standing }) => standing !== 'noise');
    yield { clusters: page.documents.length, pairs: await pairsOf(index, clusters) };
    cursor = page.next;
  } while (cursor !== undefined);
}

async function pairsOf(
  index: DuplicateIndex,
  clusters: readonly ClusterDocument[],
): Promise<readonly SharingPair[]> {
  const found = await bearersOf(index, clusters);
  const within = [...livingByKey(found, clusters)].flatMap(([cluster, members]) =>
    pairsAmong([...members.keys()].sort()).map((pair) => ({ cluster, pair })),
  );
  const shared = await sharedIn(
    index,
    found,
    within.map(({ pair }) => pair),
  );
  return within.flatMap(({ cluster, pair }, place) => {
    const keys = shared[place] ?? [];
    return keys[0] === cluster ? [{ members: pair, shared: keys }] : [];
  });
}

/** What pairs of another index share in this one, in their order. */
export async function sharedBy(
  index: DuplicateIndex,
  pairs: readonly SharingPair[],
): Promise<readonly (readonly string[])[]> {
  const ids = [...new Set(pairs.flatMap(({ members }) => members))];
  const stored = await index.readStore.load(index.bearers, ids);
  const bearers = new Map(
    [...stored].map(([id, { document }]) => [id, document as BearerDocument] as const),
  );
  return sharedIn(
    index,
    bearers,
    pairs.map(({ members }) => members),
  );
}

async function sharedIn(
  index: DuplicateIndex,
  bearers: ReadonlyMap<string, BearerDocument>,
  pairs: readonly (readonly [string, string])[],
): Promise<readonly (readonly string[])[]> {
  const both = pairs.map(([one, other]) => {
    const others = new Set(bearers.get(other)?.keys);
    return (bearers.get(one)?.keys ?? []).filter((key) => others.has(key)).sort();
  });
  const stored = await index.readStore.load(index.clusters, [...new Set(both.flat())]);
  const isNoise = (key: string) =>
    (stored.get(key)?.document as ClusterDocument | undefined)?.standing === 'noise';
  return both.map((keys) => keys.filter((key) => !isNoise(key)));
}

function pairsAmong(ids: readonly string[]): readonly (readonly [string, string])[] {
  return ids.flatMap((one, index) => ids.slice(index + 1).map((other) => [one, other] as const));
}
