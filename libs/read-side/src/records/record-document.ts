import type {
  Absorbed,
  Attachment,
  ConversionSummary,
  Deadline,
  FieldValues,
  Instant,
  Origin,
  Position,
  RecordRef,
  RecordType,
  Revision,
  Uuid,
} from '#crm';
import type { Document } from '#read-store';

/** How a record stands. Staged types are `open`, `won` or `lost` while they live, the others `active`. */
export type RecordStatus = 'open' | 'won' | 'lost' | 'active' | 'deleted' | 'merged';

/**
 * A record as lists and views show it: one flat document. Its default fields stand beside these under their own names
 * (`email`, `expectedRevenue`). What is not there is absent, never null.
 */
export interface RecordDocument extends Document {
  readonly id: Uuid;
  readonly type: RecordType;
  readonly status: RecordStatus;
  /** Values of custom fields by key. */
  readonly custom: FieldValues;
  readonly tags: readonly string[];
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  readonly pipelineId?: string;
  readonly stageId?: string;
  readonly stageSince?: Instant;
  readonly lostReason?: string;
  readonly closedAt?: Instant;
  /** Opportunities only: when it has to be dealt with. One that was handled shows so until time counts anew. */
  readonly deadline?: Deadline;
  /** From which records, by which conversions, it came to be or was updated. */
  readonly origins: readonly Origin[];
  readonly attachments: readonly Attachment[];
  readonly noteCount: number;
  /** Leads only: every conversion, first to last, and whether any stands that was not undone. */
  readonly conversions?: readonly ConversionSummary[];
  readonly converted?: boolean;
  /** Records that were merged into it; left out when there are none. */
  readonly absorbed?: readonly Absorbed[];
  /** Set when merged: the record that took its place; shown as the living end of the chain, with `mergedFirstInto` where that is another. */
  readonly mergedInto?: RecordRef;
  readonly mergedFirstInto?: RecordRef;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly createdBy: string;
  readonly updatedBy: string;
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
