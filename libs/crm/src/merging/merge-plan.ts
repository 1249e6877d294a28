import { deriveId, type Revision, type Uuid } from '../kernel/ids.js';
import type { Assignee, Change } from '../record/change.js';
import type { FieldValue } from '../record/field.js';
import { type RecordRef, recordStream } from '../record/record-type.js';
import type { CustomFieldDefinition } from '../settings/settings.js';

/**
 * How the survivor is found (PRODUCT.md P3). `named`: the caller said which. A policy's rule may change only under a new
 * version, since events tell by which one they were decided.
 */
export type SurvivorPolicy = {
  readonly name: 'first-created' | 'furthest' | 'named';
  readonly version: 1;
};

/** A record that a merge takes away, as it stood. */
export type MergedRecord = RecordRef & {
  readonly revision: Revision;
  /** Records whose notes, files, activities and histories it showed: what was merged into it before, and what it came from. */
  readonly behind: readonly RecordRef[];
};

/** A field of the survivor that a merge changes, and from whom the new value is. Custom fields are named `custom.<key>`. */
export type MergeChange = Change & { readonly sources: readonly RecordRef[] };

/** A value that is not among the survivor's any more, or never came to be. */
export type LostValue = {
  readonly record: RecordRef;
  readonly field: string;
  readonly value: FieldValue;
  /** Set when only the beginning of the value is here; the whole is in the record's own history. */
  readonly shortened?: true;
};

/** The caller took the value of this record. */
export type MergeChoice = { readonly field: string; readonly record: RecordRef };

/** Somebody's record was merged away, or took others in. */
export type MergeNotice = {
  readonly id: Uuid;
  readonly recipientId: Uuid;
  readonly records: readonly RecordRef[];
};

/**
 * All that a merge does, decided at once: the survivor's `RecordsMerged` holds it and is the commit point. What follows on other
 * streams is appended under ids derived from `mergeId`, and can be repeated.
 */
export type MergePlan = {
  readonly mergeId: Uuid;
  readonly policy: SurvivorPolicy;
  /** Those merged away, the first created first. */
  readonly records: readonly MergedRecord[];
  readonly changes: readonly MergeChange[];
  /** Tags that the survivor gets. */
  readonly tags: readonly string[];
  /** Set when the survivor had no owner or team and takes one over, or the caller chose another's. */
  readonly assigned?: {
    readonly from: Assignee;
    readonly to: Assignee;
    readonly source: RecordRef;
  };
  readonly lost: readonly LostValue[];
  /** How many more there are, when there are too many to tell; they are in the records' own histories. */
  readonly unlistedLost?: number;
  readonly choices: readonly MergeChoice[];
  /** Custom fields of the merged-away that the survivor's type lacks. */
  readonly definitions: readonly CustomFieldDefinition[];
  readonly notices: readonly MergeNotice[];
};

/** The merge that a command makes of a selection. A command names its records too: a caller may use one key on two selections. */
export function mergeIdOf(commandId: Uuid, selection: readonly RecordRef[]): Uuid {
  const records = selection.map(({ type, id }) => recordStream(type, id)).sort();
  return deriveId(commandId, `merge:${records.join(',')}`);
}
