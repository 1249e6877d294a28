import {
  deriveId,
  type LeadState,
  type NotificationEvent,
  type PendingUndo,
  type PlannedReversal,
  type PlannedWithdrawal,
  type RecordRef,
  recordName,
  recordStream,
  reversalEvents,
  revivalEvents,
  SILENT_VERBS,
  type TargetType,
  UNDO_ORDER,
  type UndoNotice,
  type UndoneConversion,
  type Uuid,
  undoneRecords,
  withdrawalEvents,
} from '#crm';
import { type Envelope, processAuthority } from '../../execution/envelope.js';
import { notificationTarget } from '../../notifications/notification-commands.handler.js';
import { recordTarget } from '../../records/record-target.js';
import type { SettingsSource } from '../../settings/settings-source.port.js';
import type { Completed } from '../conversion-effects.js';
import { type UsesOptions, usesOf } from './uses-of.js';

export interface ConversionUndoEffects {
  /**
   * Appends whatever of a conversion's undoing is not there yet, then that it is completed. Every step's identity derives from the
   * undoing's, so that the handler, the process after a crash and whoever meets it half done may all run it at once.
   * Undefined when the conversion was not undone.
   */
  complete(leadId: Uuid, conversionId: Uuid): Promise<Completed | undefined>;
}

export interface ConversionUndoEffectsOptions extends UsesOptions {
  readonly settings: SettingsSource;
}

/** Carries out what `LeadConversionUndone` events hold. */
export function createConversionUndoEffects(
  options: ConversionUndoEffectsOptions,
): ConversionUndoEffects {
  const { executor } = options;
  return {
    async complete(leadId, conversionId) {
      const target = recordTarget('lead', leadId);
      const { state, outcomes } = await executor.load(target);
      const { conversions } = state as LeadState;
      const undone = conversions.find(({ id }) => id === conversionId)?.undone;
      if (!undone) return undefined;
      const completionId = deriveId(undone.undoId, 'completed');
      const known = outcomes.get(completionId);
      const pending = pendingOf(state as LeadState, conversionId);
      if (known || !pending) return known;
      const left = await carryOut({ leadId, conversionId, pending }, options);
      const { undoId } = pending.plan;
      return executor.execute(target, envelopeOf(pending, completionId), (current) =>
        pendingOf(current as LeadState, conversionId)
          ? [{ type: 'LeadConversionUndoCompleted', data: { conversionId, undoId, left } }]
          : [],
      );
    },
  };
}

interface Work {
  readonly leadId: Uuid;
  readonly conversionId: Uuid;
  readonly pending: PendingUndo;
}

/**
 * One record after the other: whether a record is still referred to is known once what referred to it is gone. Answers with what was
 * to be withdrawn and stays.
 */
async function carryOut(
  work: Work,
  options: ConversionUndoEffectsOptions,
): Promise<readonly TargetType[]> {
  const { plan } = work.pending;
  const left: TargetType[] = [];
  for (const type of UNDO_ORDER) {
    const planned = plan[type];
    if (planned?.action === 'revert') await bringBack(type, planned, work, options);
    if (planned?.action !== 'withdraw') continue;
    if (!(await withdraw(type, planned, work, options))) left.push(type);
  }
  for (const type of UNDO_ORDER) {
    const planned = plan[type];
    if (planned?.action !== 'withdraw' || left.includes(type)) continue;
    if (await reviveIfUsed(type, planned, work, options)) left.push(type);
  }
  const records = undoneRecords(plan).filter(({ type }) => !left.some((one) => one === type));
  await Promise.all(plan.notices.map((notice) => issue(notice, records, work, options)));
  return left;
}

async function bringBack(
  type: TargetType,
  planned: PlannedReversal,
  { leadId, pending }: Work,
  { executor, settings }: ConversionUndoEffectsOptions,
): Promise<void> {
  await executor.execute(recordTarget(type, planned.id), effectOf(type, pending), (state) =>
    reversalEvents(state, planned, markOf(leadId, pending), settings.current()),
  );
}

/** False when the record stays: somebody changed it, or began to use it, since it was planned. */
async function withdraw(
  type: TargetType,
  planned: PlannedWithdrawal,
  { leadId, conversionId, pending }: Work,
  options: ConversionUndoEffectsOptions,
): Promise<boolean> {
  const { executor } = options;
  const envelope = effectOf(type, pending);
  const target = recordTarget(type, planned.id);
  const { state: record, outcomes } = await executor.load(target);
  if (outcomes.has(envelope.commandId)) return true;
  const uses = await usesOf({ record, conversionId }, envelope.authority, options);
  if (uses.length > 0) return false;
  let withdrawn = false;
  const { repeated } = await executor.execute(
    target,
    envelope,
    async (state, _context, revision) => {
      const untouched = revision === planned.revision || (await onlyHeld(type, planned, options));
      const events = untouched ? withdrawalEvents(state, markOf(leadId, pending)) : [];
      withdrawn = events.length > 0;
      return events;
    },
  );
  return withdrawn || repeated;
}

/**
 * Somebody may have begun to use the record between the look and its deletion: then it is brought back, and, since a contact refers to
 * its account, that too. True when it was.
 */
async function reviveIfUsed(
  type: TargetType,
  { id }: PlannedWithdrawal,
  { conversionId, pending }: Work,
  options: ConversionUndoEffectsOptions,
): Promise<boolean> {
  const { executor } = options;
  const { undoId } = pending.plan;
  const envelope = envelopeOf(pending, deriveId(undoId, `revival:${type}`));
  const target = recordTarget(type, id);
  const { state: record, outcomes } = await executor.load(target);
  if (outcomes.has(envelope.commandId)) return true;
  if (record.withdrawnBy?.undoId !== undoId) return false;
  const uses = await usesOf({ record, conversionId }, envelope.authority, options);
  if (uses.length === 0) return false;
  await executor.execute(target, envelope, (state) =>
    state.withdrawnBy?.undoId === undoId ? revivalEvents(state) : [],
  );
  return true;
}

/** Whether nothing came since the plan but holds of merges that did not happen. */
async function onlyHeld(
  type: TargetType,
  { id, revision }: PlannedWithdrawal,
  { log }: ConversionUndoEffectsOptions,
): Promise<boolean> {
  const stream = recordStream(type, id);
  const { events } = await log.readStream({ stream, from: revision + 1, sealed: true });
  const name = recordName(type);
  return events.every((event) => SILENT_VERBS.has(event.type.slice(name.length)));
}

async function issue(
  { id, recipientId }: UndoNotice,
  about: readonly RecordRef[],
  { leadId, pending }: Work,
  { executor }: ConversionUndoEffectsOptions,
): Promise<void> {
  const record = { type: 'lead', id: leadId } as const;
  await executor.execute(
    notificationTarget(id, { unborn: true }),
    envelopeOf(pending, deriveId(pending.plan.undoId, `notice:${recipientId}`)),
    ({ status }): readonly NotificationEvent[] =>
      status === 'absent'
        ? [
            {
              type: 'NotificationIssued',
              data: { recipientId, kind: 'conversion-undone', record, about },
            },
          ]
        : [],
  );
}

function effectOf(type: TargetType, pending: PendingUndo): Envelope {
  return envelopeOf(pending, deriveId(pending.plan.undoId, `effect:${type}`));
}

/** Effects are recorded as done by whoever undid it, when they did. */
function envelopeOf(pending: PendingUndo, commandId: Uuid): Envelope {
  const { plan, actor, occurredAt, correlationId } = pending;
  return {
    authority: { ...processAuthority('conversion'), actor },
    commandId,
    correlationId,
    causationId: plan.undoId,
    occurredAt,
    fresh: false,
  };
}

function markOf(leadId: Uuid, { plan }: PendingUndo): UndoneConversion {
  const { conversionId, undoId } = plan;
  return { type: 'lead', id: leadId, conversionId, undoId };
}

function pendingOf(state: LeadState, conversionId: Uuid): PendingUndo | undefined {
  const work = state.pending[conversionId];
  return work && 'undo' in work ? work.undo : undefined;
}
