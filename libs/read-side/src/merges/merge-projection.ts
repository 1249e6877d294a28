import {
  type Instant,
  type MergeEvent,
  type MergePlan,
  type MergeUndoneData,
  type Position,
  type Recorded,
  type RecordRef,
  refOf,
  type Uuid,
} from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';
import { RECORD_PREFIXES, recordKey, recordOfStream } from '../records/record-key.js';

/** One merge, for its own page and the audit (PRODUCT.md P8). */
export interface MergeDocument extends Document {
  readonly id: Uuid;
  readonly survivor: RecordRef;
  /** Those merged away, the first created first. */
  readonly records: readonly RecordRef[];
  /** The survivor and the others as record keys. */
  readonly recordKeys: readonly string[];
  /** The keys of those that are merged away by it now, so that references are led on by an index of what was merged, not of what was not. */
  readonly awayKeys: readonly string[];
  readonly policy: MergePlan['policy'];
  /** Fields of the survivor that it changed. */
  readonly changedFields: readonly string[];
  /** Custom fields that it added to the survivor's type, as `opportunity.budget`. */
  readonly addedFields: readonly string[];
  readonly by: string;
  /** When it happened, and when it was recorded. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  /** False while effects may still be missing. */
  readonly completed: boolean;
  readonly undo?: {
    readonly id: Uuid;
    readonly by: string;
    readonly at: Instant;
    /** Fields that somebody had changed since and that stayed. */
    readonly kept: readonly string[];
    readonly completed: boolean;
  };
  /** Set while effects of it or of its undoing may still be missing: what a start has to complete is found by it. */
  readonly pending?: true;
  /** Of `RecordsMerged`. */
  readonly position: Position;
}

export const MERGES: CollectionDefinition = {
  name: 'merges',
  version: 1,
  indexes: [
    { fields: ['at'] },
    { fields: ['by', 'at'] },
    { fields: ['pending'] },
    { fields: ['recordKeys'], multi: 'exact' },
    { fields: ['awayKeys'], multi: 'exact' },
  ],
};

type Told = Extract<
  MergeEvent<'Lead'>,
  { type: `Lead${'RecordsMerged' | 'MergeCompleted' | 'MergeUndone' | 'MergeUndoCompleted'}` }
>;

const TOLD = /(RecordsMerged|MergeCompleted|MergeUndone|MergeUndoCompleted)$/;

/** One document per merge that was committed. */
export const mergeProjection: Projection<MergeDocument | undefined> = {
  collection: MERGES,
  prefixes: RECORD_PREFIXES,
  oneStream: true,
  keys: (event) => (TOLD.test(event.type) ? [(event as Recorded<Told>).data.mergeId] : []),
  begins: ({ type }) => type.endsWith('RecordsMerged'),
  open: (_id, stored) => stored as MergeDocument | undefined,
  evolve(merge, event) {
    const { type, data, metadata } = event as Recorded<Told>;
    if (type.endsWith('RecordsMerged')) return begun(event, data as MergePlan);
    if (!merge) return merge;
    if (type.endsWith('MergeCompleted')) return settled({ ...merge, completed: true });
    const { undo } = merge;
    if (type.endsWith('MergeUndoCompleted')) {
      return settled({ ...merge, ...(undo && { undo: { ...undo, completed: true } }) });
    }
    const { undoId: id, kept } = data as MergeUndoneData;
    const by = metadata.actor.id;
    return settled({
      ...merge,
      awayKeys: [],
      completed: true,
      undo: { id, by, at: metadata.occurredAt, kept, completed: false },
    });
  },
  close: (merge) => merge,
};

function begun({ stream, metadata, position }: Recorded, plan: MergePlan): MergeDocument {
  const survivor = recordOfStream(stream) ?? { type: 'lead', id: '' };
  const records = plan.records.map(refOf);
  return settled({
    id: plan.mergeId,
    survivor,
    records,
    recordKeys: [survivor, ...records].map(recordKey),
    awayKeys: records.map(recordKey),
    policy: plan.policy,
    changedFields: plan.changes.map(({ field }) => field),
    addedFields: plan.definitions.map(({ recordType, key }) => `${recordType}.${key}`),
    by: metadata.actor.id,
    at: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    completed: false,
    position,
  });
}

function settled(merge: MergeDocument): MergeDocument {
  const { pending: _before, ...rest } = merge;
  const pending = !merge.completed || merge.undo?.completed === false;
  return { ...(rest as MergeDocument), ...(pending && { pending }) };
}
