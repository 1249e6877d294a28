import {
  type CommittedMerge,
  type DomainEvent,
  deriveId,
  laterMerges,
  type MergeNotice,
  mergeEvent,
  mergeThat,
  type NotificationEvent,
  type NotificationKind,
  type Recording,
  type RecordRef,
  type RecordState,
  recordStream,
  revertThrough,
  sameRecord,
  type Uuid,
} from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { notificationTarget } from '../notifications/notification-commands.handler.js';
import { type AnyRecordState, recordTarget } from '../records/record-target.js';
import { defineFields } from '../settings/define-fields.js';
import type { SettingsSource } from '../settings/settings-source.port.js';

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
  readonly settings: SettingsSource;
  /** Tells the holder of the settings that they have changed. */
  readonly settingsChanged: () => Promise<void>;
}

/** The command under which it is recorded that a merge, or its undoing, is complete. */
export function completionOf(id: Uuid): Uuid {
  return deriveId(id, 'completed');
}

/** Carries out what `RecordsMerged` and `MergeUndone` events hold. */
export function createMergeEffects(options: MergeEffectsOptions): MergeEffects {
  const { executor } = options;
  return {
    async complete(survivor, mergeId) {
      const target = recordTarget(survivor.type, survivor.id, passing(mergeId));
      const { state, revision, position } = await executor.load(target);
      const merge = mergeOf(state, mergeId);
      if (!merge) return { revision, position };
      let completed: MergeCompleted = { revision, position };
      if (!merge.completed) {
        await carryOut({ survivor, mergeId, merge }, options);
        completed = await executor.execute(
          target,
          recordedBy(merge, mergeId, completionOf(mergeId)),
          (current) =>
            mergeOf(current, mergeId)?.completed === false
              ? [mergeEvent(current, 'MergeCompleted', { mergeId })]
              : [],
        );
      }
      const { undo } = merge;
      if (!undo || undo.completed) return completed;
      await takeBack({ survivor, mergeId, merge, undo }, options);
      const { undoId } = undo.done;
      return executor.execute(target, recordedBy(undo, undoId, completionOf(undoId)), (current) =>
        mergeOf(current, mergeId)?.undo?.completed === false
          ? [mergeEvent(current, 'MergeUndoCompleted', { undoId, mergeId })]
          : [],
      );
    },
  };
}

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
  const by = (name: string) => recordedBy(merge, mergeId, deriveId(mergeId, name));
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
            : [mergeEvent(state, 'MergedAway', { mergeId, survivor: refTo(survivor) })],
      ),
    ),
    ...notices.map((notice) => tell(executor, notice, 'merge-owner', survivor, by)),
  ]);
}

async function takeBack(
  { survivor, mergeId, undo }: Work & { readonly undo: NonNullable<CommittedMerge['undo']> },
  options: MergeEffectsOptions,
): Promise<void> {
  const { executor } = options;
  const { undoId, records, notices } = undo.done;
  const by = (name: string) => recordedBy(undo, undoId, deriveId(undoId, name));
  await revertUpwards(survivor, { undoId, mergeId }, by, options);
  await Promise.all([
    ...records.map(({ type, id }) =>
      executor.execute(recordTarget(type, id), by(`back:${recordStream(type, id)}`), (state) =>
        state.lifecycle === 'merged' && state.mergedInto && sameRecord(state.mergedInto, survivor)
          ? [mergeEvent(state, 'Unmerged', { undoId, mergeId, survivor: refTo(survivor) })]
          : [],
      ),
    ),
    ...notices.map((notice) => tell(executor, notice, 'merge-undone', survivor, by)),
  ]);
}

/** Along the chain of records that the survivor was itself merged into, each from what the one below it came to. */
async function revertUpwards(
  survivor: RecordRef,
  ids: { readonly undoId: Uuid; readonly mergeId: Uuid },
  by: (name: string) => Envelope,
  { executor, settings }: MergeEffectsOptions,
): Promise<void> {
  const stateOf = async ({ type, id }: RecordRef): Promise<AnyRecordState> =>
    (await executor.load(recordTarget(type, id))).state;
  let inner = await stateOf(survivor);
  while (inner.lifecycle === 'merged' && inner.mergedInto) {
    const { type, id } = inner.mergedInto;
    const below: RecordState = inner;
    const outer = await stateOf({ type, id });
    const passage = mergeThat(outer, below);
    const merge = passage === undefined ? undefined : mergeOf(outer, passage);
    if (!merge) return;
    const later = laterMerges(outer.merges, merge.plan.mergeId);
    const taken = [merge, ...later].flatMap(({ plan }) => plan.records);
    const away = await Promise.all(taken.map(stateOf));
    await executor.execute(
      recordTarget(type, id),
      by(`through:${recordStream(type, id)}`),
      (holder): readonly DomainEvent[] => {
        const standing =
          mergeThat(holder, below) === passage && mergeOf(holder, merge.plan.mergeId);
        if (!standing) return [];
        const through = { merge: standing, inner: below, away };
        const data = revertThrough(holder, through, ids, settings.current());
        return [mergeEvent(holder, 'MergeReverted', data)];
      },
    );
    inner = await stateOf({ type, id });
  }
}

async function tell(
  executor: Executor,
  { id, recipientId, records }: MergeNotice,
  kind: NotificationKind,
  { type, id: survivorId }: RecordRef,
  by: (name: string) => Envelope,
): Promise<void> {
  const record = { type, id: survivorId };
  await executor.execute(
    notificationTarget(id, { unborn: true }),
    by(`notice:${recipientId}`),
    ({ status }): readonly NotificationEvent[] =>
      status === 'absent'
        ? [{ type: 'NotificationIssued', data: { recipientId, kind, record, about: records } }]
        : [],
  );
}

/** Effects are recorded as done by whoever merged or undid it, when they did. */
function recordedBy(
  { actor, occurredAt, correlationId }: Recording,
  causationId: Uuid,
  commandId: Uuid,
): Envelope {
  const authority = { actor, may: () => true };
  return { authority, commandId, correlationId, causationId, occurredAt, fresh: false };
}

function passing(mergeId: Uuid) {
  return {
    passes: (reservation: { readonly mergeId: Uuid }) => reservation.mergeId === mergeId,
  };
}

function mergeOf({ merges }: RecordState, mergeId: Uuid): CommittedMerge | undefined {
  return Object.hasOwn(merges, mergeId) ? merges[mergeId] : undefined;
}

function refTo({ type, id }: RecordRef): RecordRef {
  return { type, id };
}
