import type { Position } from '#crm';
import type { Groups } from './groups.port.js';

/** What one event changes in what one document brings to one group; undefined where it is no member. */
export interface GroupMove {
  readonly group: string;
  readonly member: string;
  readonly position: Position;
  readonly before: unknown;
  readonly after: unknown;
}

/** What is known of a group after the event that its guard is of. */
export interface OpenGroup {
  readonly sum: unknown;
  /** See `guardAt`. */
  readonly guard: number;
}

/** What a batch does to groups: as long as it is being written, the store may or may not have it. */
export interface GroupsInFlight {
  /** By group: what each member brings that has joined, changed or left. */
  readonly moved: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  readonly sums: ReadonlyMap<string, OpenGroup>;
}

export const NO_GROUPS: GroupsInFlight = { moved: new Map(), sums: new Map() };

/** The moves that follow from what a document brought and brings. */
export function movesBetween<State>(
  { partsOf }: Pick<Groups<State>, 'partsOf'>,
  { before, after }: { readonly before: State; readonly after: State },
  { member, position }: Pick<GroupMove, 'member' | 'position'>,
): readonly GroupMove[] {
  const was = partsOf(before);
  const is = partsOf(after);
  if (was === is) return [];
  const moves: GroupMove[] = [];
  for (const [group, part] of is) {
    const old = was.get(group);
    if (old !== part) moves.push({ group, member, position, before: old, after: part });
  }
  for (const [group, part] of was) {
    if (!is.has(group)) moves.push({ group, member, position, before: part, after: undefined });
  }
  return moves;
}

/** The moves of a batch by group, in the order of their events. */
export function movesByGroup(
  moves: readonly GroupMove[],
): ReadonlyMap<string, readonly GroupMove[]> {
  const byGroup = new Map<string, GroupMove[]>();
  for (const move of moves) {
    const others = byGroup.get(move.group);
    if (others) others.push(move);
    else byGroup.set(move.group, [move]);
  }
  for (const some of byGroup.values()) some.sort((one, other) => one.position - other.position);
  return byGroup;
}
