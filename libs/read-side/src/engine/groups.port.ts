import type { Filter } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';

/**
 * How the members of a group are found among the projection's documents, which also bear `position`, that of the last event folded.
 * - `namedIn`: the list that names a document's groups; it has an index of its own (`exact`). For very many groups, nearly all of one
 *   member: such a group has no document, and costs no more than the look-up of its members.
 * - `meeting`: what the members of a group, and no other documents, meet. For few groups of very many members: each group has a document,
 *   which is looked for first, and nothing in the members points at it.
 */
export type GroupMembers =
  | { readonly namedIn: string }
  | { readonly meeting: (group: string) => Filter };

/**
 * A second level: documents over several documents of the projection, one for each group.
 * The engine finds out who joins and leaves from what an event changes in a document, and writes the groups ahead of it.
 * The collection lives and is rebuilt with the projection's own.
 */
export interface Groups<State, Part = unknown, Sum = unknown> {
  readonly collection: CollectionDefinition;
  readonly members: GroupMembers;
  /** What a document brings to each of its groups. Of one state always the same map, and of the next too if nothing has changed. */
  partsOf(state: State): ReadonlyMap<string, Part>;
  /** What is known of a group: from its document, or of one without members. */
  open(stored: Document | undefined): Sum;
  /** Takes a member in. The order in which members come must not matter. */
  join(sum: Sum, part: Part, member: string): Sum;
  /** Takes a member out, with the part that it joined with: the opposite of `join`. */
  leave(sum: Sum, part: Part, member: string): Sum;
  /** The group's document, or undefined for fewer members than it takes (`leastMembers`). */
  close(sum: Sum, group: string): Document | undefined;
}

/** From how many members on a group has a document. */
export function leastMembers({ members }: Pick<Groups<never>, 'members'>): number {
  return 'namedIn' in members ? 2 : 1;
}
