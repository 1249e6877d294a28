import type { ConditionDocument, Position, RecordRef, Revision } from '#crm';

/** A record as lists and views show it: what conditions look at, and what only lists know. */
export interface RecordDocument extends ConditionDocument {
  readonly noteCount: number;
  /** Of what was merged: the record that took its place first, where `mergedInto` is shown as the living end of the chain and that is another. */
  readonly mergedFirstInto?: RecordRef;
  /** Of the last event folded. */
  readonly revision: Revision;
  readonly position: Position;
  /** What the search finds it by. Not shown. */
  readonly search: readonly string[];
}

/** Members that serve look-ups and are neither shown nor filtered by. */
export const INTERNAL_MEMBERS: readonly string[] = ['search'];

/** The document as people are shown it: of what was merged into it, which records by which merges, not all that is behind those. */
export function shown(document: RecordDocument): Omit<RecordDocument, 'search'> {
  const { search: _search, absorbed, ...rest } = document;
  return {
    ...rest,
    ...(absorbed && { absorbed: absorbed.map(({ behind: _behind, ...record }) => record) }),
  } as Omit<RecordDocument, 'search'>;
}
