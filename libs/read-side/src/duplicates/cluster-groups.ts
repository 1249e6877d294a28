import { MOST_IN_CLUSTER } from '#crm';
import { searchTokens } from '#read-store';
import type { Groups } from '../engine/groups.port.js';
import type { BearerFold } from './bearer-fold.js';
import {
  type ClusterDocument,
  type ClusterStanding,
  DUPLICATE_CLUSTERS,
  type Skips,
  type Spelling,
} from './cluster-document.js';
import type { ClusterPart } from './cluster-part.js';
import { keyOfText, partsOfClusterId } from './key-in-text.js';

/** What is known of a cluster, whatever the order in which its records came. */
interface ClusterSum {
  readonly count: number;
  /** By text. */
  readonly spellings: readonly Spelling[];
  /** By member. */
  readonly skips: readonly Skips[];
  readonly search: readonly string[];
}

const NOBODY: ClusterSum = { count: 0, spellings: [], skips: [], search: [] };

/** Records that share a key. */
export const clusterGroups: Groups<BearerFold, ClusterPart, ClusterSum> = {
  collection: DUPLICATE_CLUSTERS,
  members: { namedIn: 'keys' },
  partsOf: ({ parts }) => parts,
  open(stored) {
    if (!stored) return NOBODY;
    const { count, spellings = [], skips = [], search } = stored as ClusterDocument;
    return { count, spellings, skips, search };
  },
  join: (sum, { spelling, skipped }, member) => ({
    ...sum,
    count: sum.count + 1,
    ...(spelling !== undefined && { spellings: counted(sum.spellings, spelling, 1) }),
    ...(skipped && { skips: withSkips(sum.skips, member, skipped) }),
  }),
  leave: (sum, { spelling, skipped }, member) => ({
    ...sum,
    count: sum.count - 1,
    ...(spelling !== undefined && { spellings: counted(sum.spellings, spelling, -1) }),
    ...(skipped && { skips: sum.skips.filter((one) => one.member !== member) }),
  }),
  close(sum, id): ClusterDocument | undefined {
    const { count, spellings, skips } = sum;
    if (count < 2) return undefined;
    const { type, text } = partsOfClusterId(id);
    const { kind, strength, value } = keyOfText(text);
    const standing = standingOf(sum, strength);
    return {
      ...{ id, type, kind, strength, value, key: text, standing, count },
      ...(spellings.length > 0 && { spellings }),
      ...(skips.length > 0 && { skips }),
      search: standing === 'listed' ? searchedBy(sum, value) : [],
    };
  },
};

function standingOf(sum: ClusterSum, strength: 'strong' | 'weak'): ClusterStanding {
  const { count, spellings, skips } = sum;
  if (count > MOST_IN_CLUSTER) return 'noise';
  const [only, ...others] = spellings;
  if (strength === 'weak' && others.length === 0 && only?.text) return 'covered';
  return skippedPairs(skips).length === (count * (count - 1)) / 2 ? 'skipped' : 'listed';
}

function searchedBy({ search }: ClusterSum, value: string): readonly string[] {
  return search.length > 0 ? search : searchTokens([value]);
}

/** The pairs that both of the two say they are not, each once. */
export function skippedPairs(skips: readonly Skips[]): readonly (readonly [string, string])[] {
  const said = new Map(skips.map(({ member, others }) => [member, others]));
  return skips.flatMap(({ member, others }) =>
    others.flatMap((other) =>
      member < other && said.get(other)?.includes(member) ? [[member, other] as const] : [],
    ),
  );
}

function counted(spellings: readonly Spelling[], text: string, more: 1 | -1): readonly Spelling[] {
  const count = (spellings.find((one) => one.text === text)?.count ?? 0) + more;
  const others = spellings.filter((one) => one.text !== text);
  return count > 0 ? sorted([...others, { text, count }], (one) => one.text) : others;
}

function withSkips(skips: readonly Skips[], member: string, others: readonly string[]) {
  const rest = skips.filter((one) => one.member !== member);
  return sorted([...rest, { member, others }], (one) => one.member);
}

function sorted<Item>(items: readonly Item[], by: (item: Item) => string): readonly Item[] {
  return [...items].sort((one, other) => (by(one) < by(other) ? -1 : 1));
}
