import {
  type ConversionPlan,
  conversionEffectId,
  creationEvents,
  deriveId,
  type LeadState,
  mergeOf,
  type Origin,
  type PendingConversion,
  type PlannedMerge,
  type PlannedNotice,
  type PlannedOpportunity,
  type RecordRef,
  type RecordState,
  type RuleAssignment,
  recordEvent,
  revivalEvents,
  type TargetType,
  type Uuid,
  updateEvents,
} from '#crm';
import type { Arrivals } from '../assignment/arrivals.js';
import { completionOf, effectEnvelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import type { MergeEffects } from '../merging/merge-effects.js';
import { issueNotice } from '../notifications/issue-notice.js';
import { recordTarget } from '../records/record-target.js';
import { defineFields } from '../settings/define-fields.js';

/** Where a completed conversion left its lead's stream. */
export interface Completed {
  readonly revision: number;
  readonly position: number;
}

export interface ConversionEffects {
  /**
   * Appends whatever of the conversion's plan is not there yet, then that it is completed. Every step's identity derives
   * from the conversion's, so that the handler, the process after a crash and another conversion may all run it at once.
   * Does nothing for a conversion that the lead does not know, or that is completed.
   */
  complete(leadId: Uuid, conversionId: Uuid): Promise<Completed>;
}

export interface ConversionEffectsOptions {
  readonly executor: Executor;
  readonly mergeEffects: MergeEffects;
  readonly arrivals: Arrivals;
  /** Tells the holder of the settings that they have changed. */
  readonly settingsChanged: () => Promise<void>;
}

/** Carries out what `LeadConverted` events hold. */
export function createConversionEffects(options: ConversionEffectsOptions): ConversionEffects {
  const { executor } = options;
  return {
    async complete(leadId, conversionId) {
      const target = recordTarget('lead', leadId);
      const remembered = await executor.load(target, { cached: true });
      const completionId = completionOf(conversionId);
      const isKnown = pendingOf(remembered.state as LeadState, conversionId);
      // Another process may have converted since the lead was kept in memory.
      const folded = isKnown ? remembered : await executor.load(target);
      const { state, revision, position, outcomes } = folded;
      const known = outcomes.get(completionId);
      if (known) return known;
      const pending = pendingOf(state as LeadState, conversionId);
      if (!pending) return { revision, position };
      await carryOut({ leadId, conversionId, pending }, options);
      return executor.execute(
        target,
        effectEnvelope(pending, conversionId, completionId),
        (current) =>
          pendingOf(current as LeadState, conversionId)
            ? [{ type: 'LeadConversionCompleted', data: { conversionId } }]
            : [],
      );
    },
  };
}

interface Work {
  readonly leadId: Uuid;
  readonly conversionId: Uuid;
  readonly pending: PendingConversion;
}

async function carryOut(work: Work, options: ConversionEffectsOptions): Promise<void> {
  const { plan } = work.pending;
  await addDefinitions(work, options);
  await Promise.all([
    applyTo('account', plan.account, work, options),
    applyTo('contact', plan.contact, work, options),
    applyTo('opportunity', plan.opportunity, work, options),
    ...plan.notices.map((notice) => issue(notice, work, options.executor)),
  ]);
  if (plan.merge) await mergeWith(plan.merge, work, options);
}

/** The merge that takes place with the conversion, once the records that it links to are there. */
async function mergeWith(
  { survivor, plan }: PlannedMerge,
  { conversionId, pending }: Work,
  { executor, mergeEffects }: ConversionEffectsOptions,
): Promise<void> {
  const { mergeId } = plan;
  await executor.execute(
    recordTarget(survivor.type, survivor.id, {
      passes: (reservation) => reservation.mergeId === mergeId,
    }),
    effectEnvelope(pending, conversionId, deriveId(conversionId, 'merge')),
    (state) => (mergeOf(state, mergeId) ? [] : [recordEvent(state, 'RecordsMerged', plan)]),
  );
  await mergeEffects.complete(survivor, mergeId);
}

async function addDefinitions(
  { conversionId, pending }: Work,
  { executor, settingsChanged }: ConversionEffectsOptions,
): Promise<void> {
  const { definitions } = pending.plan;
  if (definitions.length === 0) return;
  await defineFields(executor, definitions, { conversionId }, (name) =>
    effectEnvelope(pending, conversionId, deriveId(conversionId, name)),
  );
  await settingsChanged();
}

async function applyTo(
  type: TargetType,
  planned: ConversionPlan[TargetType],
  work: Work,
  { executor, arrivals }: ConversionEffectsOptions,
): Promise<void> {
  if (!planned) return;
  const { leadId, conversionId, pending } = work;
  if (planned.action === 'link') return reviveAccount(planned.id, work, executor);
  const origin: Origin = { type: 'lead', id: leadId, conversionId };
  const envelope = effectEnvelope(pending, conversionId, conversionEffectId(conversionId, type));
  for (let { id } = planned; ; ) {
    const target = recordTarget(type, id, { unborn: planned.action === 'create' });
    let revived = false;
    const { state, repeated } = await executor.execute(target, envelope, async (current) => {
      revived = revivalEvents(current).length > 0;
      if (planned.action === 'update') return updateEvents(current, planned, origin);
      return creationEvents(current, planned, await assignment(current, planned, work, arrivals));
    });
    const { accountId } = state.fields;
    if (revived && typeof accountId === 'string') await reviveAccount(accountId, work, executor);
    // Merged away since it was planned: what it was to get goes to the one that stands for it.
    if (repeated || state.lifecycle !== 'merged' || !state.mergedInto) return;
    ({ id } = state.mergedInto);
  }
}

/** The account that a conversion makes use of may be withdrawn by the undoing of another at the same moment. */
async function reviveAccount(
  id: Uuid,
  { conversionId, pending }: Work,
  executor: Executor,
): Promise<void> {
  const envelope = effectEnvelope(pending, conversionId, deriveId(conversionId, 'revival:account'));
  await executor.execute(recordTarget('account', id), envelope, revivalEvents);
}

/** Whose turn it is in a team is decided as the opportunity arrives: a conversion that is refused takes none. */
async function assignment(
  { lifecycle, id: opportunityId }: RecordState,
  { assignment: chosen }: PlannedOpportunity,
  { leadId, conversionId, pending }: Work,
  arrivals: Arrivals,
): Promise<RuleAssignment | undefined> {
  if (!chosen || lifecycle !== 'absent') return undefined;
  const { actor, correlationId } = pending;
  const cause = { actor, correlationId, commandId: conversionId };
  return arrivals.assign(chosen, { opportunityId, leadId, cause });
}

async function issue(
  { id, recipientId, kind }: PlannedNotice,
  { leadId, conversionId, pending }: Work,
  executor: Executor,
): Promise<void> {
  const record = { type: 'lead', id: leadId } as const;
  const notice = { recipientId, kind, record, about: madeBy(pending.plan) };
  const commandId = deriveId(conversionId, `notice:${recipientId}`);
  await issueNotice(executor, id, notice, effectEnvelope(pending, conversionId, commandId));
}

/** The records that a conversion created or updated. */
function madeBy(plan: ConversionPlan): readonly RecordRef[] {
  return (['contact', 'account', 'opportunity'] as const).flatMap((type) => {
    const planned = plan[type];
    return planned ? [{ type, id: planned.id }] : [];
  });
}

function pendingOf(state: LeadState, conversionId: Uuid): PendingConversion | undefined {
  const work = state.pending[conversionId];
  return work && 'conversion' in work ? work.conversion : undefined;
}
