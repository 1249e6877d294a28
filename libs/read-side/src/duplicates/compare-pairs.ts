import type { MatchKind, RecordType, Uuid } from '#crm';
import { recordOfKey } from '../records/record-key.js';
import type { DuplicateIndex } from './duplicate-index.js';
import { keyOfText, partsOfClusterId } from './key-in-text.js';
import { type SharingPair, sharedBy, sharingPairs } from './sharing-pairs.js';

/** Two records, with the keys that they share in one version and not in the other. */
export interface PairSample {
  readonly type: RecordType;
  readonly ids: readonly [Uuid, Uuid];
  /** As text (`keyText`): personal. */
  readonly keys: readonly string[];
}

/** Pairs that one version has and the other does not. */
export interface PairTally {
  /** Of these, how many share a strong key, and how many weak ones alone. */
  readonly strong: number;
  readonly weak: number;
  /** By kind of key that they share; a pair counts under each. */
  readonly kinds: ReadonlyMap<MatchKind, number>;
  readonly samples: readonly PairSample[];
}

export interface PairDifferences {
  readonly gained: PairTally;
  readonly lost: PairTally;
  /** Pairs of both versions that shared weak keys alone and share a strong one now, and the opposite. */
  readonly strengthened: number;
  readonly weakened: number;
}

export interface ComparePairs {
  readonly before: DuplicateIndex;
  readonly after: DuplicateIndex;
  /** Samples of either tally, at most. */
  readonly samples: number;
  /** Hears of clusters looked at, of both versions together. */
  readonly onProgress?: (clusters: number) => void;
}

/**
 * Which pairs of records may be the same in one version of the index and not in another. Walks the clusters of both: what is in memory are the
 * records of a page of them. Noise makes no pairs.
 */
export async function comparePairs(options: ComparePairs): Promise<PairDifferences> {
  const { before, after, samples, onProgress } = options;
  let looked = 0;
  const told = (clusters: number) => {
    looked += clusters;
    onProgress?.(looked);
  };
  const lost = await pairsBeyond(before, after, samples, told);
  const gained = await pairsBeyond(after, before, samples, told);
  return {
    ...{ gained: gained.tally, lost: lost.tally },
    ...{ strengthened: gained.stronger, weakened: lost.stronger },
  };
}

async function pairsBeyond(
  one: DuplicateIndex,
  other: DuplicateIndex,
  most: number,
  told: (clusters: number) => void,
): Promise<{ readonly tally: PairTally; readonly stronger: number }> {
  const tally = {
    strong: 0,
    weak: 0,
    kinds: new Map<MatchKind, number>(),
    samples: [] as PairSample[],
  };
  let stronger = 0;
  for await (const { clusters, pairs } of sharingPairs(one)) {
    const elsewhere = await sharedBy(other, pairs);
    for (const [index, pair] of pairs.entries()) {
      const shared = elsewhere[index] ?? [];
      if (shared.length === 0) count(tally, pair, most);
      else if (isStrong(pair.shared) && !isStrong(shared)) stronger += 1;
    }
    told(clusters);
  }
  return { tally, stronger };
}

type Counting = {
  strong: number;
  weak: number;
  kinds: Map<MatchKind, number>;
  samples: PairSample[];
};

function count(tally: Counting, { members, shared }: SharingPair, most: number): void {
  if (isStrong(shared)) tally.strong += 1;
  else tally.weak += 1;
  const keys = shared.map((id) => partsOfClusterId(id).text);
  for (const kind of new Set(keys.map((text) => keyOfText(text).kind))) {
    tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1);
  }
  if (tally.samples.length >= most) return;
  const [first, second] = members.map(recordOfKey);
  if (first && second) tally.samples.push({ type: first.type, ids: [first.id, second.id], keys });
}

function isStrong(shared: readonly string[]): boolean {
  return shared.some((id) => keyOfText(partsOfClusterId(id).text).strength === 'strong');
}
