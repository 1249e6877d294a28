import type { ReadStore, Write } from '#read-store';
import { findGroups, type GroupStart } from './find-groups.js';
import { type GroupedModel, type Members, put } from './group-members.js';
import {
  type GroupMove,
  type GroupsInFlight,
  movesByGroup,
  NO_GROUPS,
  type OpenGroup,
} from './group-moves.js';
import { type Groups, leastMembers } from './groups.port.js';
import { guardAt } from './guards.js';

/** What a batch does to groups. Nothing is written or remembered yet. */
export interface FoldedGroups {
  /** To be in place before the documents that they follow from: then their events are not folded again. */
  readonly writes: readonly Write[];
  readonly inFlight: GroupsInFlight;
}

/**
 * Folds what a batch changes in documents into their groups.
 *
 * Where the members are all known, a group is what its members are after the batch, and an earlier version of it matters only in that it
 * has to be removed when one is left. Where there are more, the group's document is carried forward by the moves after its guard.
 */
export async function foldGroups(
  readStore: ReadStore,
  model: GroupedModel,
  moves: readonly GroupMove[],
  upTo: number,
): Promise<FoldedGroups> {
  if (moves.length === 0) return { writes: [], inFlight: NO_GROUPS };
  const byGroup = movesByGroup(moves);
  const starts = await findGroups(readStore, model, byGroup, upTo);
  const writes: Write[] = [];
  const moved = new Map<string, ReadonlyMap<string, unknown>>();
  const sums = new Map<string, OpenGroup>();
  const { groups } = model.projection;
  for (const [group, own] of byGroup) {
    moved.set(group, new Map(own.map(({ member, after }) => [member, after])));
    const start = starts.get(group);
    const folded = start && foldGroup(groups, start, own);
    if (!folded) continue;
    sums.set(group, folded);
    writes.push(writeGroup(model, group, folded));
  }
  return { writes, inFlight: { moved, sums } };
}

/** The group after the moves, or undefined where there is and was nothing to write. */
function foldGroup(
  groups: Groups<unknown>,
  start: GroupStart,
  moves: readonly GroupMove[],
): OpenGroup | undefined {
  const guard = guardAt(moves.at(-1)?.position ?? -1);
  if ('known' in start) {
    const later = moves.filter(({ position }) => guardAt(position) > start.known.guard);
    if (later.length === 0) return undefined;
    return { sum: later.reduce((sum, move) => carry(groups, sum, move), start.known.sum), guard };
  }
  const { members } = start;
  let most = members.size;
  for (const { member, after } of moves) {
    put(members, member, after);
    most = Math.max(most, members.size);
  }
  return most < leastMembers(groups) ? undefined : { sum: sumOf(groups, members), guard };
}

function carry(
  groups: Groups<unknown>,
  sum: unknown,
  { member, before, after }: GroupMove,
): unknown {
  const without = before === undefined ? sum : groups.leave(sum, before, member);
  return after === undefined ? without : groups.join(without, after, member);
}

/** What is to be known of a group with these members. */
export function sumOf(groups: Groups<unknown>, members: Members): unknown {
  let sum = groups.open(undefined);
  for (const [member, part] of members) sum = groups.join(sum, part, member);
  return sum;
}

/** Puts the group's document, or removes it when there are not enough members. */
export function writeGroup(
  { groups: collection, projection }: GroupedModel,
  group: string,
  { sum, guard }: OpenGroup,
): Write {
  const document = projection.groups.close(sum, group);
  return document
    ? { kind: 'put', collection, document, position: guard }
    : { kind: 'remove', collection, id: group, position: guard };
}
