import type { RecordType } from '#crm';
import { endOfChain } from '../records/end-of-chain.js';
import { recordOfKey } from '../records/record-key.js';
import type { MergeLink, Skips, Spelling } from './cluster-document.js';

/** The record that stands for one, both as record keys; undefined for one that does not count in the cluster. */
export type EndOf = (member: string) => string | undefined;

/** The records that the members of a cluster stand for: each for itself, but for those that were merged away. */
export interface ClusterEnds {
  readonly count: number;
  readonly endOf: EndOf;
}

const itself: EndOf = (member) => member;

/** The ends of so many members, as far as the links among them lead. An end of another type does not count. */
export function endsOf(
  type: RecordType,
  members: number,
  links: readonly MergeLink[],
): ClusterEnds {
  if (links.length === 0) return { count: members, endOf: itself };
  const next = new Map(
    links.flatMap(({ member, behind }) => (behind === undefined ? [] : [[member, behind]])),
  );
  const endOf: EndOf = (member) => {
    const end = endOfChain(member, next, (key) => key);
    return recordOfKey(end)?.type === type ? end : undefined;
  };
  const linked = new Set(links.flatMap(({ member }) => endOf(member) ?? []));
  return { count: members - links.length + linked.size, endOf };
}

/** Whether there is a spelling that each of the ends has: then the cluster of that strong key says all that this one does. */
export function haveOneSpelling(
  spellings: readonly Spelling[],
  links: readonly MergeLink[],
  { count, endOf }: ClusterEnds,
): boolean {
  if (links.length === 0) return spellings.length === 1 && spellings[0]?.text !== '';
  return spellings.some(({ text, count: bearing }) => {
    if (text === '') return false;
    const linked = links.filter(({ spelling }) => spelling === text);
    const ends = new Set(linked.flatMap(({ member }) => endOf(member) ?? []));
    return bearing - linked.length + ends.size === count;
  });
}

/** The pairs of ends for which two members both say that they are not the other, each once. */
export function skippedPairs(
  skips: readonly Skips[],
  endOf: EndOf = itself,
): readonly (readonly [string, string])[] {
  if (skips.length === 0) return [];
  const said = new Map(skips.map(({ member, others }) => [member, others]));
  const pairs = new Map<string, readonly [string, string]>();
  for (const { member, others } of skips) {
    for (const other of others) {
      if (member > other || !said.get(other)?.includes(member)) continue;
      const ends = [endOf(member) ?? '', endOf(other) ?? ''].sort();
      const [one = '', two = ''] = ends;
      if (one !== '' && one !== two) pairs.set(`${one} ${two}`, [one, two]);
    }
  }
  return [...pairs.values()];
}
