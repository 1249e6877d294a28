import type { MatchKind, RecordType } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';

/**
 * What a cluster is to whoever looks for duplicates.
 * - `listed`: some of its records may be the same
 * - `skipped`: all of its pairs are known not to be
 * - `merged`: all of its records stand for one, or for one of another type
 * - `covered`: a weak key that says nothing beyond a strong one which all of its records share
 * - `noise`: too many records share the key for it to say anything
 */
export type ClusterStanding = 'listed' | 'skipped' | 'merged' | 'covered' | 'noise';

/**
 * The records of one type that share a match key, from two on, those that were merged away among them. Which these are, the index of
 * records tells by the key.
 */
export interface ClusterDocument extends Document {
  /** The type and the key's text: `lead:email:an@example.vn`. */
  readonly id: string;
  readonly type: RecordType;
  readonly kind: MatchKind;
  readonly strength: 'strong' | 'weak';
  readonly value: string;
  /** The key's text: the order of lists. */
  readonly key: string;
  readonly standing: ClusterStanding;
  /**
   * Of records, those merged away as the one that stands for them. By what is known here: two that were merged away may have come to
   * stand for one through a record that does not bear the key.
   */
  readonly count: number;
  /** Of records whatever became of them, where merges link some. */
  readonly bearers?: number;
  /** Those that merges link to others. */
  readonly links?: readonly MergeLink[];
  /** Of a weak key: how many records have each spelling. */
  readonly spellings?: readonly Spelling[];
  /** What each record says that it is not; a pair counts when both say it. */
  readonly skips?: readonly Skips[];
  /** What the search finds it by, while it is listed. */
  readonly search: readonly string[];
}

export type Spelling = { readonly text: string; readonly count: number };
export type MergeLink = {
  readonly member: string;
  /** What it was merged into, if it was. Otherwise it stands, and something was merged into it. */
  readonly behind?: string;
  /** As in `spellings`. */
  readonly spelling?: string;
};
export type Skips = { readonly member: string; readonly others: readonly string[] };

/**
 * Lists go by the key, of all kinds or of one, of both strengths or of one: an index for each, which costs little, as there are far fewer
 * clusters than records. Noise is listed by how many records there are.
 */
export const DUPLICATE_CLUSTERS: CollectionDefinition = {
  name: 'duplicate_clusters',
  version: 1,
  indexes: [
    { fields: ['type', 'standing', 'key'] },
    { fields: ['type', 'standing', 'kind', 'key'] },
    { fields: ['type', 'standing', 'strength', 'key'] },
    { fields: ['type', 'standing', 'kind', 'strength', 'key'] },
    { fields: ['type', 'standing', 'count'] },
    { fields: ['search'], multi: 'prefix' },
  ],
};
