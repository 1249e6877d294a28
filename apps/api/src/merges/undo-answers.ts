import type { Change, MergeUndoneData, RecordRef, UndoConflict } from '#crm';
import type { CommandResult, MergeUndoPreview, MergeUndoResult, Since } from '#write-side';

type Assigned = MergeUndoneData['assigned'];

/**
 * What undoing would restore, what it changes, what stays and what conflicts. The survivor's are first, then those of the records that
 * it was merged into since, the nearest first.
 */
export interface UndoPreviewAnswer {
  readonly survivor: RecordRef;
  readonly livingEnd: RecordRef;
  readonly restores: readonly RecordRef[];
  readonly changes: readonly (Change & { readonly record: RecordRef })[];
  /** The survivor's. */
  readonly removedTags: readonly string[];
  /** Of the survivor. */
  readonly assigned?: Assigned;
  /** What else is taken back on the records that the survivor was merged into. Left out where it stands for itself. */
  readonly above?: readonly {
    readonly record: RecordRef;
    readonly removedTags: readonly string[];
    readonly assigned?: Assigned;
  }[];
  readonly conflicts: readonly UndoConflict[];
  readonly stays: readonly Since[];
  /** Give it to the undoing, to be refused when something changed in between. */
  readonly basis: string;
}

/** What a caller is told of the preview of an undoing. */
export function undoPreviewAnswer(preview: MergeUndoPreview): UndoPreviewAnswer {
  const { survivor, livingEnd, plan, above, conflicts, stays, basis } = preview;
  const written = [
    { record: survivor, changes: plan.changes },
    ...above.map(({ record, reverts: { changes } }) => ({ record, changes })),
  ];
  return {
    ...{ survivor, livingEnd },
    restores: plan.records,
    changes: written.flatMap(({ record, changes }) => changes.map((one) => ({ record, ...one }))),
    ...tagsAndOwner(plan),
    ...(above.length > 0 && {
      above: above.map(({ record, reverts }) => ({ record, ...tagsAndOwner(reverts) })),
    }),
    ...{ conflicts, stays, basis },
  };
}

function tagsAndOwner({ tags, assigned }: Pick<MergeUndoneData, 'tags' | 'assigned'>) {
  return { removedTags: tags, ...(assigned && { assigned }) };
}

export interface UndoAnswer extends CommandResult {
  readonly undoId: string;
  readonly survivor: RecordRef;
  readonly restored: readonly RecordRef[];
  /** Fields of the survivor that somebody had changed since and that stay. */
  readonly kept: readonly string[];
  /** The same of each record that the survivor was merged into since. Left out where it stands for itself. */
  readonly above?: NonNullable<MergeUndoneData['above']>;
}

/** What a caller is told of an undoing. */
export function undoAnswer(result: MergeUndoResult): UndoAnswer {
  const { id, revision, position, survivor, undone } = result;
  const { undoId, records, kept, above } = undone;
  return {
    ...{ id, revision, position, undoId, survivor, restored: records, kept },
    ...(above && { above }),
  };
}
