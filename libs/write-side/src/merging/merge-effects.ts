import {
  type AnyRecordState,
  type CommittedMerge,
  type DomainEvent,
  deriveId,
  type MergeNotice,
  mergeOf,
  type NotificationKind,
  type RecordRef,
  recordEvent,
  recordStream,
  refOf,
  sameRecord,
  type Uuid,
} from '#crm';
import { completionOf, type Envelope, effectEnvelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { issueNotice } from '../notifications/issue-notice.js';
import { recordTarget } from '../records/record-target.js';
import { defineFields } from '../settings/define-fields.js';

/** Where a completed merge or undoing left the survivor's stream. */
export interface MergeCompleted {
  readonly revision: number;
  readonly position: number;
}

export interface MergeEffects {
  /**
   * Appends whatever of a committed merge, and of its undoing, is not there yet, then that it is completed. Every step's identity derives
   * from the merge's, so that the handler, the process after a crash and whoever met a held record may all run it at once.
   * Does nothing for a merge that the survivor does not know.
   */
  complete(survivor: RecordRef, mergeId: Uuid): Promise<MergeCompleted>;
}

export interface MergeEffectsOptions {
  readonly executor: Executor;
  /** Tells the holder of the settings that they have changed. */
  readonly settingsChanged: () => Promise<void>;
}

/** Carries out what `RecordsMerged` and `MergeUndone` events hold. */
export function createMergeEffects(options: MergeEffectsOptions): MergeEffects {
  const { executor } = options;
  return {
    async complete(survivor, mergeId) {
      // Another merge or undoing that holds the survivor waits for this one to complete.
      const target = recordTarget(survivor.type, survivor.id, PASSING);
      const { state, revision, position } = await executor.load(target);
      const merge = mergeOf(state, mergeId);
      if (!merge) return { revision, position };
      let completed: MergeCompleted = { revision, position };
      if (!merge.completed) {
        await carryOut({ survivor, mergeId, merge }, options);
        completed = await executor.execute(
          target,
          effectEnvelope(merge, mergeId, completionOf(mergeId)),
          (current) =>
            mergeOf(current, mergeId)?.completed === false
              ? [recordEvent(current, 'MergeCompleted', { mergeId })]
              : [],
        );
      }
      const { undo } = merge;
      if (!undo || undo.completed) return completed;
      await takeBack({ survivor, mergeId, merge, undo }, options);
      const { undoId } = undo.done;
      return executor.execute(
        target,
        effectEnvelope(undo, undoId, completionOf(undoId)),
        (current) =>
          mergeOf(current, mergeId)?.undo?.completed === false
            ? [recordEvent(current, 'MergeUndoCompleted', { undoId, mergeId })]
            : [],
      );
    },
  };
}

/** What was committed is carried out whoever holds the record. */
const PASSING = { passes: () => true };

interface Work {
  readonly survivor: RecordRef;
  readonly mergeId: Uuid;
  readonly merge: CommittedMerge;
}

async function carryOut(
  { survivor, mergeId, merge }: Work,
  { executor, settingsChanged }: MergeEffectsOptions,
): Promise<void> {
  const { records, definitions, notices } = merge.plan;
  const by = (name: string) => effectEnvelope(merge, mergeId, deriveId(mergeId, name));
  await defineFields(executor, definitions, { mergeId }, by);
  if (definitions.length > 0) await settingsChanged();
  await Promise.all([
    ...records.map(({ type, id }) =>
      executor.execute(
        recordTarget(type, id, passing(mergeId)),
        by(`away:${recordStream(type, id)}`),
        (state) =>
          state.lifecycle === 'merged'
            ? []
            : [recordEvent(state, 'MergedAway', { mergeId, survivor: refOf(survivor) })],
      ),
    ),
    ...notices.map((notice) => tell(executor, notice, 'merge-owner', survivor, by)),
  ]);
}

async function takeBack(
  { survivor, mergeId, undo }: Work & { readonly undo: NonNullable<CommittedMerge['undo']> },
  { executor }: MergeEffectsOptions,
): Promise<void> {
  const { undoId, records, notices, above = [] } = undo.done;
  const by = (name: string) => effectEnvelope(undo, undoId, deriveId(undoId, name));
  await Promise.all([
    ...above.map(({ record: { type, id } }) =>
      executor.execute(
        recordTarget(type, id, { passes: (held) => held.undo?.undoId === undoId }),
        by(`through:${recordStream(type, id)}`),
        (holder) => revertedAsHeld(holder, undoId),
      ),
    ),
    ...records.map(({ type, id }) =>
      executor.execute(
        // An undoing that holds it as one of a chain was planned on a survivor that is another since, and will not commit.
        recordTarget(type, id, PASSING),
        by(`back:${recordStream(type, id)}`),
        (state) =>
          state.lifecycle === 'merged' && state.mergedInto && sameRecord(state.mergedInto, survivor)
            ? [recordEvent(state, 'Unmerged', { undoId, mergeId, survivor: refOf(survivor) })]
            : [],
      ),
    ),
    ...notices.map((notice) => tell(executor, notice, 'merge-undone', survivor, by)),
  ]);
}

/** A record above is held until this is there, with what is to be taken back on it. */
function revertedAsHeld(holder: AnyRecordState, undoId: Uuid): readonly DomainEvent[] {
  const { undo, token, mergeId } = holder.reservation ?? {};
  if (undo?.undoId !== undoId || !token || !mergeId) return [];
  return undo.reverts
    ? [recordEvent(holder, 'MergeReverted', undo.reverts)]
    : // It was erased meanwhile, with all that it could take back.
      [recordEvent(holder, 'MergeReservationReleased', { token, mergeId })];
}

async function tell(
  executor: Executor,
  { id, recipientId, records }: MergeNotice,
  kind: NotificationKind,
  survivor: RecordRef,
  by: (name: string) => Envelope,
): Promise<void> {
  const notice = { recipientId, kind, record: refOf(survivor), about: records };
  await issueNotice(executor, id, notice, by(`notice:${recipientId}`));
}

function passing(mergeId: Uuid) {
  return {
    passes: (reservation: { readonly mergeId: Uuid }) => reservation.mergeId === mergeId,
  };
}
