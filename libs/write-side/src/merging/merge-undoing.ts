import {
  type DecisionContext,
  deriveId,
  type Instant,
  laterMerges,
  type MergeUndoneData,
  type MergeUndoOutlook,
  mergeEvent,
  planMergeUndo,
  type RecordRef,
  type RecordState,
  Refusal,
  refOf,
  type UndoDecisions,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { requireRight } from '../records/record-commands.handler.js';
import { recordTarget } from '../records/record-target.js';
import type { SettingsSource } from '../settings/settings-source.port.js';
import { livingEnd } from './living-end.js';
import type { MergeEffects } from './merge-effects.js';
import type { MergeFinder } from './merge-finder.port.js';
import { type Since, sinceMerge } from './since-merge.js';

export interface MergeUndoingOptions {
  readonly log: EventLog;
  readonly executor: Executor;
  readonly settings: SettingsSource;
  readonly effects: MergeEffects;
  readonly finder: MergeFinder;
  readonly now: () => Instant;
}

export interface UndoMergeCommand {
  readonly decisions: UndoDecisions;
  /** `basis` of the preview that the caller saw; refused with 409 when the plan would be another. */
  readonly basis?: string;
}

/** What undoing a merge would restore, what stays and what conflicts. */
export interface MergeUndoPreview extends MergeUndoOutlook {
  readonly survivor: RecordRef;
  /** The record that stands for the survivor now: itself, unless it was merged away since. */
  readonly livingEnd: RecordRef;
  /** What happened to the survivor since, and stays with it. */
  readonly stays: readonly Since[];
  readonly basis: string;
}

/** `id` is the merge's; `revision` the survivor's. */
export interface MergeUndoResult extends CommandResult {
  readonly survivor: RecordRef;
  readonly undone: MergeUndoneData;
}

export interface MergeUndoing {
  /** What undoing would do. Commits nothing. */
  preview(mergeId: Uuid, decisions: UndoDecisions, envelope: Envelope): Promise<MergeUndoPreview>;
  /**
   * Undoes the merge, and answers when every effect is recorded.
   * @throws Refusal `merge_not_found` (404); `already_undone`, `stale_preview` (409); `unknown_conflict` (422)
   */
  undo(mergeId: Uuid, command: UndoMergeCommand, envelope: Envelope): Promise<MergeUndoResult>;
}

/** Names the bases of previews among name-based ids. */
const BASIS_NAMESPACE = '6a1f1c57-1b8e-5f07-8f3b-2a4c1d0e9b35';

/** Preview and undoing of merges (PRODUCT.md P3), also of one whose survivor was merged on, converted, won or deleted since. */
export function createMergeUndoing(options: MergeUndoingOptions): MergeUndoing {
  const { log, executor, settings, effects, finder, now } = options;

  /** The survivor with the merge whole, and those that it took away. */
  async function find(mergeId: Uuid, envelope: Envelope) {
    const survivor = await finder.survivorOf(mergeId, await log.head());
    if (!survivor) throw noMerge();
    let { state } = await executor.load(recordTarget(survivor.type, survivor.id));
    const merge = Object.hasOwn(state.merges, mergeId) ? state.merges[mergeId] : undefined;
    if (!merge) throw noMerge();
    const away = await Promise.all(
      merge.plan.records.map(async ({ type, id }) => {
        const loaded = await executor.load(recordTarget(type, id), { cached: true });
        return loaded.state;
      }),
    );
    requireUndoRights(state, away, envelope);
    if (!merge.completed) {
      await effects.complete(survivor, mergeId);
      ({ state } = await executor.load(recordTarget(survivor.type, survivor.id)));
    }
    // What they brought as well is to stay.
    const beside = await Promise.all(
      laterMerges(state.merges, mergeId)
        .flatMap(({ plan }) => plan.records)
        .map(async ({ type, id }) => (await executor.load(recordTarget(type, id))).state),
    );
    return { survivor, state, absorbed: [...away, ...beside] };
  }

  return {
    async preview(mergeId, decisions, envelope) {
      const { survivor, state, absorbed } = await find(mergeId, envelope);
      const at = now();
      const { commandId, authority, occurredAt = at } = envelope;
      const { actor } = authority;
      const context = { now: at, occurredAt, actor, commandId, settings: settings.current() };
      const outlook = planMergeUndo(state, mergeId, absorbed, decisions, context);
      return {
        ...outlook,
        survivor,
        livingEnd: refOf(await livingEnd(executor, survivor)),
        stays: await sinceMerge(log, survivor, mergeId),
        basis: basisOf(outlook),
      };
    },
    async undo(mergeId, { decisions, basis }, envelope) {
      const { survivor, absorbed } = await find(mergeId, envelope);
      const decide = (state: RecordState, context: DecisionContext) => {
        const outlook = planMergeUndo(state, mergeId, absorbed, decisions, context);
        if (basis !== undefined && basis !== basisOf(outlook)) {
          throw new Refusal('conflict', 'stale_preview', 'Something changed since the preview.', {
            facts: { basis: basisOf(outlook) },
          });
        }
        return [mergeEvent(state, 'MergeUndone', outlook.plan)];
      };
      const target = recordTarget(survivor.type, survivor.id);
      await executor.execute(target, envelope, decide);
      const { revision, position } = await effects.complete(survivor, mergeId);
      const { state } = await executor.load(target, { cached: true });
      const undone = state.merges[mergeId]?.undo?.done;
      if (!undone) throw new Refusal('conflict', 'busy', 'The merge is being undone; try again.');
      return { id: mergeId, revision, position, survivor, undone };
    },
  };
}

/** Equal for what does the same; ids that every planning makes anew do not count. */
function basisOf({ plan, conflicts }: MergeUndoOutlook): Uuid {
  const { undoId: _fresh, notices: _told, ...rest } = plan;
  return deriveId(BASIS_NAMESPACE, JSON.stringify({ ...rest, conflicts }));
}

/** Undoing asks for what merging asks for: the survivor is edited, the others come back. */
function requireUndoRights(
  survivor: RecordState,
  away: readonly RecordState[],
  envelope: Envelope,
): void {
  const { authority } = envelope;
  if (survivor.lifecycle === 'absent' || !authority.may('read', survivor)) throw noMerge();
  requireRight('merge', survivor, envelope);
  requireRight('edit', survivor, envelope);
  for (const state of away) {
    if (authority.may('merge', state) && authority.may('delete', state)) continue;
    throw new Refusal('forbidden', 'forbidden', `You may not bring back this ${state.type}.`);
  }
}

function noMerge(): Refusal {
  return new Refusal('not-found', 'merge_not_found', 'There is no such merge.');
}
