import type { CollectionDefinition, Document } from '#read-store';

/**
 * A second level: documents over several documents of the projection, one for each group that two or more of them are members of.
 * The engine finds out who joins and leaves from what an event changes in a document, and writes the groups ahead of it.
 *
 * A group of one has no document. It is found through its members, so the first level names its groups in a list with an index.
 * The collection lives and is rebuilt with the projection's own.
 */
export interface Groups<State, Part = unknown, Sum = unknown> {
  readonly collection: CollectionDefinition;
  /**
   * The list of the projection's documents that names their groups; it has an index of its own (`exact`). The documents also bear
   * `position`, that of the last event folded.
   */
  readonly namedIn: string;
  /** What a document brings to each of its groups. Of one state always the same map, and of the next too if nothing has changed. */
  partsOf(state: State): ReadonlyMap<string, Part>;
  /** What is known of a group: from its document, or of one without members. */
  open(stored: Document | undefined): Sum;
  /** Takes a member in. The order in which members come must not matter. */
  join(sum: Sum, part: Part, member: string): Sum;
  /** Takes a member out, with the part that it joined with: the opposite of `join`. */
  leave(sum: Sum, part: Part, member: string): Sum;
  /** The group's document, or undefined for fewer than two members. */
  close(sum: Sum, group: string): Document | undefined;
}
