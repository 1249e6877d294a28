import type { ConditionDocument, Position, RecordRef, Revision } from '#crm';

/** A record as lists and views show it: what conditions look at, and what only lists know. */
export interface RecordDocument extends ConditionDocument {
  readonly noteCount: number;
  /** Of what was merged: the record that took its place first, where `mergedInto` is shown as the living end of the chain and that is another. */
  readonly mergedFirstInto?: RecordRef;
  /** Of the last event folded. */
  readonly revision: Revision;
  readonly position: Position;
  /** Of opportunities: what `probability` is made of, whichever of them holds. Not shown. */
  readonly probabilities?: { readonly hand?: number; readonly stage?: number };
  /** What the search finds it by. Not shown. */
  readonly search: readonly string[];
}

export type ShownRecord = Omit<RecordDocument, 'search' | 'probabilities'>;

/** The document as people are shown it: of what was merged into it, which records by which merges, not all that is behind those. */
export function shown(document: RecordDocument): ShownRecord {
  const { search: _search, probabilities: _parts, absorbed, ...rest } = document;
  return {
    ...rest,
    ...(absorbed && { absorbed: absorbed.map(({ behind: _behind, ...record }) => record) }),
  } as ShownRecord;
}
