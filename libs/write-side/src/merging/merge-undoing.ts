import {
  type Instant,
  type MergeUndoneData,
  type MergeUndoOutlook,
  mergeOf,
  mergeUndoBasis,
  planMergeUndo,
  type RecordRef,
  type Reservation,
  recordEvent,
  refOf,
  sameRecord,
  type UndoDecisions,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';
import { type CommandResult, completionOf, type Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { busy, Outdated } from '../execution/outdated.js';
import { repeatedOr } from '../execution/repeat.js';
import { contextUnder, refuseStalePreview } from '../execution/under-envelope.js';
import { recordTarget } from '../records/record-target.js';
import type { SettingsSource } from '../settings/settings-source.port.js';
import { findUndoneMerge, noMerge, type UndoneMerge } from './find-undone-merge.js';
import type { MergeEffects } from './merge-effects.js';
import type { MergeFinder } from './merge-finder.port.js';
import { requireUndoRights } from './merge-rights.js';
import type { Reservations } from './reservations.js';
import { type Since, sinceMerge } from './since-merge.js';

export interface MergeUndoingOptions {
  readonly log: EventLog;
  readonly executor: Executor;
  readonly settings: SettingsSource;
  readonly effects: MergeEffects;
  readonly reservations: Reservations;
  readonly finder: MergeFinder;
  readonly now: () => Instant;
  /** Most plannings of one undoing when others keep coming in between. */
  readonly attempts?: number;
}

export interface UndoMergeCommand {
  readonly decisions: UndoDecisions;
  /** `basis` of the preview that the caller saw; refused with 409 when the plan would be another. */
  readonly basis?: string;
}

/** What undoing a merge would restore, what stays and what conflicts, on every record that it changes. */
export interface MergeUndoPreview extends MergeUndoOutlook {
  readonly survivor: RecordRef;
  /** The record that stands for the survivor now: itself, unless it was merged away since. */
  readonly livingEnd: RecordRef;
  /** What happened to the survivor since, and to each record above since the merge that brought the survivor there. It stays. */
  readonly stays: readonly Since[];
  readonly basis: string;
}

/** `id` is the merge's; `revision` the survivor's. */
export interface MergeUndoResult extends CommandResult {
  readonly survivor: RecordRef;
  readonly undone: MergeUndoneData;
}

export interface MergeUndoing {
  /** What undoing would do. Commits nothing, but completes what is half done. */
  preview(mergeId: Uuid, decisions: UndoDecisions, envelope: Envelope): Promise<MergeUndoPreview>;
  /**
   * Undoes the merge, and answers when every effect is recorded.
   * @throws Refusal `merge_not_found` (404); `forbidden` (403); `already_undone`, `stale_preview` (409); `unknown_conflict`,
   * `decided_twice` (422)
   */
  undo(mergeId: Uuid, command: UndoMergeCommand, envelope: Envelope): Promise<MergeUndoResult>;
}

/** Preview and undoing of merges (PRODUCT.md P3), also of one whose survivor was merged on, converted, won or deleted since. */
export function createMergeUndoing(options: MergeUndoingOptions): MergeUndoing {
  const { log, executor, settings, effects, reservations, finder, now, attempts = 50 } = options;

  async function survivorOf(mergeId: Uuid): Promise<RecordRef> {
    const survivor = await finder.survivorOf(mergeId, await log.head());
    if (!survivor) throw noMerge();
    return survivor;
  }

  async function outlookOf(
    survivor: RecordRef,
    mergeId: Uuid,
    decisions: UndoDecisions,
    envelope: Envelope,
  ): Promise<{ readonly found: UndoneMerge; readonly outlook: MergeUndoOutlook }> {
    const found = await findUndoneMerge(survivor, mergeId, options);
    requireUndoRights(found, envelope);
    const context = contextUnder(envelope, settings.current(), now());
    const { away, beside, above } = found;
    const chain = above.map(({ standing, absorbed }) => ({ holder: standing.state, absorbed }));
    const state = found.survivor.state;
    const standing = { survivor: state, absorbed: [...away, ...beside], chain };
    return { found, outlook: planMergeUndo(standing, mergeId, decisions, context) };
  }

  /** False when something changed since it was planned. */
  async function attempt(
    survivor: RecordRef,
    mergeId: Uuid,
    { decisions, basis }: UndoMergeCommand,
    envelope: Envelope,
  ): Promise<boolean> {
    const { found, outlook } = await outlookOf(survivor, mergeId, decisions, envelope);
    refuseStalePreview(basis, mergeUndoBasis(outlook));
    try {
      await (outlook.above.length > 0
        ? commitHeld(found, outlook, envelope)
        : commit(found, outlook, envelope));
      return true;
    } catch (error) {
      if (error instanceof Outdated) return false;
      throw error;
    }
  }

  /** Of a survivor that stands for itself everything is on one stream. */
  async function commit(
    { survivor: { state: planned, revision } }: UndoneMerge,
    { plan }: MergeUndoOutlook,
    envelope: Envelope,
  ): Promise<void> {
    const target = recordTarget(planned.type, planned.id);
    await executor.execute(target, envelope, (state, _context, at) => {
      if (at !== revision) throw new Outdated();
      return [recordEvent(state, 'MergeUndone', plan)];
    });
  }

  /** In a chain, each record is held with what is taken back on it, so that what was planned is what happens. */
  async function commitHeld(
    found: UndoneMerge,
    { plan, above }: MergeUndoOutlook,
    envelope: Envelope,
  ): Promise<void> {
    const { undoId, mergeId } = plan;
    const token = crypto.randomUUID();
    const deciding = refOf(found.survivor.state);
    const reservation: Reservation = { token, mergeId, deciding, undo: { undoId } };
    const standing = [found.survivor, ...found.above.map((one) => one.standing)];
    const heldWith = (held: RecordRef): Reservation => {
      const reverts = above.find(({ record }) => sameRecord(record, held))?.reverts;
      return { ...reservation, undo: { undoId, ...(reverts && { reverts }) } };
    };
    const passes = (held: Reservation) => held.token === token;
    const target = recordTarget(deciding.type, deciding.id, { passes });
    const decide = () =>
      executor.execute(target, envelope, (state) => {
        if (state.reservation?.token !== token) throw new Outdated();
        return [recordEvent(state, 'MergeUndone', plan)];
      });
    await reservations.commitHeld(standing, reservation, envelope, decide, heldWith);
  }

  return {
    async preview(mergeId, decisions, envelope) {
      const ref = await survivorOf(mergeId);
      const { found, outlook } = await outlookOf(ref, mergeId, decisions, envelope);
      const survivor = refOf(found.survivor.state);
      const since = await Promise.all([
        sinceMerge(log, survivor, mergeId),
        ...found.above.map(({ standing, passage }) =>
          sinceMerge(log, refOf(standing.state), passage),
        ),
      ]);
      return {
        ...outlook,
        survivor,
        livingEnd: outlook.above.at(-1)?.record ?? survivor,
        stays: since.flat(),
        basis: mergeUndoBasis(outlook),
      };
    },
    async undo(mergeId, command, envelope) {
      const survivor = await survivorOf(mergeId);
      const target = recordTarget(survivor.type, survivor.id);
      for (let tried = 0; tried < attempts; tried++) {
        const attempted = () => attempt(survivor, mergeId, command, envelope);
        if (!(await repeatedOr(executor, target, envelope, attempted))) continue;
        const completed = await effects.complete(survivor, mergeId);
        const { state, outcomes } = await executor.load(target, { cached: true });
        const undone = mergeOf(state, mergeId)?.undo?.done;
        if (!undone) throw busy('The merge is being undone; try again.');
        // Whoever sends it again is told of then, whatever has become of the survivor since.
        const { revision, position } = outcomes.get(completionOf(undone.undoId)) ?? completed;
        return { id: mergeId, revision, position, survivor, undone };
      }
      throw busy('Too many others are changing the records; try again.');
    },
  };
}
