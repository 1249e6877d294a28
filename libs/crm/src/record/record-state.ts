import type { Instant, Uuid } from '../kernel/ids.js';
import { type MergeState, NEVER_MERGED } from '../merging/merge-state.js';
import type { FieldValue, FieldValues } from './field.js';
import type { RecordRef, RecordType } from './record-type.js';

/** A file of a note, a stage change or a record. The content is in the file store under its hash. */
export type Attachment = {
  readonly id: Uuid;
  readonly name: string;
  /** MIME type, e.g. `application/pdf`. */
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the content, lower-case hex. */
  readonly sha256: string;
};

/** Values of custom fields by key. */
export type CustomValues = FieldValues;

/** From which record, by which conversion, a record came to be or was updated. */
export type Origin = {
  readonly type: RecordType;
  readonly id: Uuid;
  readonly conversionId: Uuid;
};

/** Of which lead the conversion was, and by which undoing it was taken back. */
export type UndoneConversion = Origin & { readonly undoId: Uuid };

/** Whether a record is there to be worked on. `absent`: never captured. */
export type Lifecycle = 'absent' | 'live' | 'deleted' | 'merged';

/** What every record has, folded from its stream. */
export interface RecordState extends MergeState {
  readonly type: RecordType;
  readonly id: Uuid;
  readonly lifecycle: Lifecycle;
  readonly fields: FieldValues;
  readonly custom: CustomValues;
  readonly tags: readonly string[];
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  readonly origins: readonly Origin[];
  readonly attachments: readonly Attachment[];
  /** Ids of the notes that stand, with their authors. */
  readonly notes: Readonly<Record<Uuid, Uuid>>;
  /** Set when merged: the record that took its place. */
  readonly mergedInto?: RecordRef | undefined;
  /** Set while it is deleted because the conversion that created it was undone. */
  readonly withdrawnBy?: UndoneConversion | undefined;
  /** `occurredAt` of the capture, and of the latest event. */
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly createdBy: Uuid;
  readonly updatedBy: Uuid;
}

/** A record that was never captured. */
export function absentRecord<Type extends RecordType>(
  type: Type,
  id: Uuid,
): RecordState & { readonly type: Type } {
  return {
    type,
    id,
    lifecycle: 'absent',
    fields: {},
    custom: {},
    tags: [],
    origins: [],
    attachments: [],
    notes: {},
    ...NEVER_MERGED,
    createdAt: '',
    updatedAt: '',
    createdBy: '',
    updatedBy: '',
  };
}

/** The value of a default field, or of a custom one as `custom.<key>`. */
export function fieldValue(
  { fields, custom }: Pick<RecordState, 'fields' | 'custom'>,
  field: string,
): FieldValue | undefined {
  const [values, key] = field.startsWith('custom.')
    ? [custom, field.slice('custom.'.length)]
    : [fields, field];
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
