import {
  deriveId,
  type PlannedWithdrawal,
  recordName,
  recordStream,
  revivalEvents,
  SILENT_VERBS,
  type TargetType,
  withdrawalEvents,
} from '#crm';
import { recordTarget } from '../../records/record-target.js';
import { effectOf, envelopeOf, markOf, type Work } from './undo-work.js';
import { type UsesOptions, usesOf } from './uses-of.js';

/** False when the record stays: somebody changed it, or began to use it, since it was planned. */
export async function withdraw(
  type: TargetType,
  planned: PlannedWithdrawal,
  { leadId, conversionId, pending }: Work,
  options: UsesOptions,
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
export async function reviveIfUsed(
  type: TargetType,
  { id }: PlannedWithdrawal,
  { conversionId, pending }: Work,
  options: UsesOptions,
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
  { log }: UsesOptions,
): Promise<boolean> {
  const stream = recordStream(type, id);
  const { events } = await log.readStream({ stream, from: revision + 1, sealed: true });
  const name = recordName(type);
  return events.every((event) => SILENT_VERBS.has(event.type.slice(name.length)));
}
