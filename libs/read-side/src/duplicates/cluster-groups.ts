import { MOST_IN_CLUSTER } from '#crm';
import { searchTokens } from '#read-store';
import type { Groups } from '../engine/groups.port.js';
import type { BearerFold } from './bearer-fold.js';
import {
  type ClusterDocument,
  type ClusterStanding,
  DUPLICATE_CLUSTERS,
  type MergeLink,
  type Skips,
  type Spelling,
} from './cluster-document.js';
import { type ClusterEnds, endsOf, haveOneSpelling, skippedPairs } from './cluster-ends.js';
import type { ClusterPart } from './cluster-part.js';
import { keyOfText, partsOfClusterId } from './key-in-text.js';

/** What is known of a cluster, whatever the order in which its records came. */
interface ClusterSum {
  readonly members: number;
  /** By text. */
  readonly spellings: readonly Spelling[];
  /** By member. */
  readonly skips: readonly Skips[];
  /** By member. */
  readonly links: readonly MergeLink[];
  readonly search: readonly string[];
}

const NOBODY: ClusterSum = { members: 0, spellings: [], skips: [], links: [], search: [] };

/** Records that share a key. */
export const clusterGroups: Groups<BearerFold, ClusterPart, ClusterSum> = {
  collection: DUPLICATE_CLUSTERS,
  members: { namedIn: 'keys' },
  partsOf: ({ parts }) => parts,
  open(stored) {
    if (!stored) return NOBODY;
    const document = stored as ClusterDocument;
    const { count, bearers = count, spellings = [], skips = [], links = [], search } = document;
    return { members: bearers, spellings, skips, links, search };
  },
  join: (sum, part, member) => {
    const { spelling, skipped } = part;
    return {
      members: sum.members + 1,
      spellings: spelling === undefined ? sum.spellings : counted(sum.spellings, spelling, 1),
      skips: skipped ? withMember(sum.skips, { member, others: skipped }) : sum.skips,
      links: isLinked(part) ? withMember(sum.links, linkOf(part, member)) : sum.links,
      search: sum.search,
    };
  },
  leave: (sum, part, member) => {
    const { spelling, skipped } = part;
    return {
      members: sum.members - 1,
      spellings: spelling === undefined ? sum.spellings : counted(sum.spellings, spelling, -1),
      skips: skipped ? without(sum.skips, member) : sum.skips,
      links: isLinked(part) ? without(sum.links, member) : sum.links,
      search: sum.search,
    };
  },
  close(sum, id): ClusterDocument | undefined {
    const { members, spellings, skips, links } = sum;
    if (members < 2) return undefined;
    const { type, text } = partsOfClusterId(id);
    const { kind, strength, value } = keyOfText(text);
    const ends = endsOf(type, members, links);
    const standing = standingOf(sum, strength, ends);
    return {
      ...{ id, type, kind, strength, value, key: text, standing, count: ends.count },
      ...(links.length > 0 && { bearers: members, links }),
      ...(spellings.length > 0 && { spellings }),
      ...(skips.length > 0 && { skips }),
      search: standing === 'listed' ? searchedBy(sum, value) : [],
    };
  },
};

function isLinked({ behind, survivor }: ClusterPart): boolean {
  return behind !== undefined || survivor === true;
}

function linkOf({ behind, spelling }: ClusterPart, member: string): MergeLink {
  return {
    member,
    ...(behind !== undefined && { behind }),
    ...(spelling !== undefined && { spelling }),
  };
}

function standingOf(
  { spellings, skips, links }: ClusterSum,
  strength: 'strong' | 'weak',
  ends: ClusterEnds,
): ClusterStanding {
  const { count, endOf } = ends;
  if (count > MOST_IN_CLUSTER) return 'noise';
  if (count < 2) return 'merged';
  if (strength === 'weak' && haveOneSpelling(spellings, links, ends)) return 'covered';
  const pairs = (count * (count - 1)) / 2;
  return skippedPairs(skips, endOf).length === pairs ? 'skipped' : 'listed';
}

function searchedBy({ search }: ClusterSum, value: string): readonly string[] {
  return search.length > 0 ? search : searchTokens([value]);
}

function counted(spellings: readonly Spelling[], text: string, more: 1 | -1): readonly Spelling[] {
  const count = (spellings.find((one) => one.text === text)?.count ?? 0) + more;
  const others = spellings.filter((one) => one.text !== text);
  return count > 0 ? sorted([...others, { text, count }], (one) => one.text) : others;
}

type OfMember = { readonly member: string };

function withMember<Item extends OfMember>(items: readonly Item[], item: Item): readonly Item[] {
  return sorted([...without(items, item.member), item], (one) => one.member);
}

function without<Item extends OfMember>(items: readonly Item[], member: string): readonly Item[] {
  return items.filter((one) => one.member !== member);
}

function sorted<Item>(items: readonly Item[], by: (item: Item) => string): readonly Item[] {
  return [...items].sort((one, other) => (by(one) < by(other) ? -1 : 1));
}
