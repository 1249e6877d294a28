import {
  type Instant,
  type MergeOutlook,
  type MergePlan,
  type MergeRequest,
  mergeBasis,
  mergeIdOf,
  mergeOf,
  planMerge,
  type RecordRef,
  type RecordState,
  Refusal,
  type Reservation,
  recordEvent,
  refOf,
  refuseSelection,
  type Standing,
  type Uuid,
} from '#crm';
import { type CommandResult, completionOf, type Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { busy, Outdated } from '../execution/outdated.js';
import { contextUnder, refuseStalePreview } from '../execution/under-envelope.js';
import { recordTarget } from '../records/record-target.js';
import type { SettingsSource } from '../settings/settings-source.port.js';
import { claimKey } from './claim-key.js';
import { finishMerges } from './finish-merges.js';
import { namingLivingEnd } from './living-end.js';
import type { MergeEffects } from './merge-effects.js';
import { requireMergeRights, requireVisible } from './merge-rights.js';
import type { Reservations } from './reservations.js';

export interface MergesOptions {
  readonly executor: Executor;
  readonly settings: SettingsSource;
  readonly effects: MergeEffects;
  readonly reservations: Reservations;
  /** Finishes a conversion that a merge has to see whole. */
  readonly completeConversion: (leadId: Uuid, conversionId: Uuid) => Promise<unknown>;
  readonly now: () => Instant;
  /** Most records in one merge, the survivor included. */
  readonly most?: number;
  /** Most plannings of one merge when others keep coming in between. */
  readonly attempts?: number;
}

export interface MergeCommand {
  readonly request: MergeRequest;
  /** `basis` of the preview that the caller saw; refused with 409 when the plan would be another. */
  readonly basis?: string;
}

/** What a merge would do and on what that rests. */
export interface MergePreview extends MergeOutlook {
  /** Only with a plan. */
  readonly basis?: string;
}

/** `id` is the merge's; `revision` the survivor's. */
export interface MergeResult extends CommandResult {
  readonly survivor: RecordRef;
  readonly plan: MergePlan;
}

export interface Merges {
  /** What merging the records would do. Commits nothing. */
  preview(request: MergeRequest, envelope: Envelope): Promise<MergePreview>;
  /**
   * Merges the records, and answers when every effect is recorded.
   * @throws Refusal `record_merged` (naming the survivor), `record_deleted`, `stale_preview` (409); `merged_into_itself`,
   * `different_families`, `idempotency_key_reused`, `too_many_records`, `survivor_must_be_opportunity`, `no_such_candidate`, `custom_field_clash`, … (422)
   */
  merge(command: MergeCommand, envelope: Envelope): Promise<MergeResult>;
}

/** Preview and merge (PRODUCT.md P3). */
export function createMerges(options: MergesOptions): Merges {
  const { executor, settings, effects, reservations, now, attempts = 50, most } = options;

  async function load(request: MergeRequest): Promise<readonly Standing<RecordState>[]> {
    refuseSelection(request.records, most);
    return Promise.all(
      request.records.map(({ type, id }) => executor.load(recordTarget(type, id))),
    );
  }

  function outlookOf(
    request: MergeRequest,
    standing: readonly Standing<RecordState>[],
    envelope: Envelope,
  ): MergeOutlook {
    const states = standing.map(({ state }) => state);
    requireVisible(states, envelope);
    const context = contextUnder(envelope, settings.current(), now());
    const outlook = planMerge(request, standing, context, most);
    requireMergeRights(states, outlook.survivor, envelope);
    return outlook;
  }

  /** Undefined when something changed since it was planned. */
  async function attempt(
    { request, basis }: MergeCommand,
    standing: readonly Standing<RecordState>[],
    envelope: Envelope,
  ): Promise<RecordRef | undefined> {
    const { survivor, plan, obstacles } = outlookOf(request, standing, envelope);
    if (!plan) throw obstacles[0] ?? new Refusal('rule', 'nothing_to_merge', 'Nothing to do.');
    refuseStalePreview(basis, mergeBasis(survivor, plan));
    const { mergeId } = plan;
    const deciding = refOf(survivor);
    const reservation: Reservation = { token: crypto.randomUUID(), mergeId, deciding };
    await claimKey(executor, request.records, envelope);
    try {
      await reservations.commitHeld(standing, reservation, envelope, () =>
        commit(reservation, plan, envelope),
      );
      return deciding;
    } catch (error) {
      if (error instanceof Outdated) return undefined;
      throw error;
    }
  }

  async function commit(
    { token, deciding }: Reservation,
    plan: MergePlan,
    envelope: Envelope,
  ): Promise<void> {
    const passes = (reservation: Reservation) => reservation.token === token;
    const target = recordTarget(deciding.type, deciding.id, { passes });
    await executor.execute(target, envelope, (state) => {
      if (state.reservation?.token !== token) throw new Outdated();
      return [recordEvent(state, 'RecordsMerged', plan)];
    });
  }

  async function answer(survivor: RecordRef, mergeId: Uuid): Promise<MergeResult> {
    const completed = await effects.complete(survivor, mergeId);
    const target = recordTarget(survivor.type, survivor.id);
    const { state, outcomes } = await executor.load(target, { cached: true });
    const merge = mergeOf(state, mergeId);
    if (!merge) throw busy('The records are being changed; try again.');
    // Whoever sends it again is told of then, whatever has become of the survivor since.
    const { revision, position } = outcomes.get(completionOf(mergeId)) ?? completed;
    return { id: mergeId, revision, position, survivor, plan: merge.plan };
  }

  /** What is half done is finished first, so that a plan sees records whole. True when there was any. */
  async function finishPending(standing: readonly Standing<RecordState>[]): Promise<boolean> {
    let any = false;
    for (const { state } of standing) {
      if (await finishMerges(state, effects)) any = true;
      for (const conversionId of Object.keys('pending' in state ? (state.pending as object) : {})) {
        await options.completeConversion(state.id, conversionId);
        any = true;
      }
    }
    return any;
  }

  return {
    preview: (request, envelope) =>
      namingLivingEnd(executor, async () => {
        const outlook = outlookOf(request, await load(request), envelope);
        const { survivor, plan } = outlook;
        return { ...outlook, ...(plan && { basis: mergeBasis(survivor, plan) }) };
      }),
    merge: (command, envelope) =>
      namingLivingEnd(executor, async () => {
        const mergeId = mergeIdOf(envelope.commandId, command.request.records);
        for (let tried = 0; tried < attempts; tried++) {
          const standing = await load(command.request);
          const done = standing.find(({ state }) => mergeOf(state, mergeId));
          if (done) {
            const { type, id } = done.state;
            // Meets its own event, or refuses another command under the same key.
            await executor.execute(recordTarget(type, id), envelope, () => []);
            return answer(refOf(done.state), mergeId);
          }
          if (await finishPending(standing)) continue;
          const survivor = await attempt(command, standing, envelope);
          if (survivor) return answer(survivor, mergeId);
        }
        throw busy('Too many others are merging; try again.');
      }),
  };
}
