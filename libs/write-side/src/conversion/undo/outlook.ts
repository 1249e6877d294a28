import {
  type ConversionSummary,
  type ConversionUndoDecisions,
  type ConversionUndoOutlook,
  type FoundForUndo,
  type Instant,
  type LeadState,
  planConversionUndo,
  Refusal,
  type Uuid,
} from '#crm';
import type { Envelope } from '../../execution/envelope.js';
import { contextUnder, refuseStale } from '../../execution/under-envelope.js';
import { requireRight } from '../../records/record-commands.handler.js';
import { recordTarget } from '../../records/record-target.js';
import type { SettingsSource } from '../../settings/settings-source.port.js';
import type { CompleteConversion } from './complete-conversion.js';
import { findUndone } from './find-undone.js';
import { requireUndoRights } from './undo-rights.js';
import type { UsesOptions } from './uses-of.js';

export interface UndoOutlookOptions extends UsesOptions {
  readonly settings: SettingsSource;
  readonly complete: CompleteConversion;
  readonly now: () => Instant;
}

/** What undoing would do, and where the lead stood then. */
export interface ConfirmedOutlook {
  readonly outlook: ConversionUndoOutlook;
  readonly found: FoundForUndo;
  readonly revision: number;
}

/** The lead of a conversion, as far as the caller may convert it. @throws Refusal `conversion_not_found` (404), `forbidden` (403) */
export async function leadOf(
  conversionId: Uuid,
  envelope: Envelope,
  { log, executor, finder }: UndoOutlookOptions,
): Promise<Uuid> {
  const leadId = await finder.leadOf(conversionId, await log.head());
  if (leadId === undefined) throw noConversion();
  const lead = (await executor.load(recordTarget('lead', leadId))).state as LeadState;
  if (!envelope.authority.may('read', lead) || !conversionOf(lead, conversionId))
    throw noConversion();
  requireRight('convert', lead, envelope);
  return leadId;
}

/** What undoing the conversion would do, as of everything acknowledged before the call. @throws Refusal as `planConversionUndo`, `forbidden` (403) */
export async function undoOutlook(
  { leadId, conversionId }: { readonly leadId: Uuid; readonly conversionId: Uuid },
  decisions: ConversionUndoDecisions,
  envelope: Envelope,
  options: UndoOutlookOptions,
): Promise<ConfirmedOutlook> {
  const { executor, settings, now } = options;
  const { state, revision } = await executor.load(recordTarget('lead', leadId));
  const lead = state as LeadState;
  const conversion = conversionOf(lead, conversionId);
  const undoable = conversion?.completed && !conversion.undone;
  const found = undoable ? await findUndone(conversion, envelope.authority, options) : {};
  const context = contextUnder(envelope, settings.current(), now());
  const outlook = planConversionUndo(lead, conversionId, found, decisions, context);
  requireUndoRights(outlook, found, envelope.authority);
  return { revision, found, outlook };
}

/**
 * Completes the conversion where it is still under way. Answers with the envelope under which to go on: a condition on the lead's
 * revision holds for what completing leaves.
 */
export async function seenWhole(
  leadId: Uuid,
  conversionId: Uuid,
  envelope: Envelope,
  { executor, complete }: UndoOutlookOptions,
): Promise<Envelope> {
  const { state, revision } = await executor.load(recordTarget('lead', leadId));
  if (!Object.hasOwn((state as LeadState).pending, conversionId)) return envelope;
  refuseStale({ revision }, envelope);
  const completed = await complete(leadId, conversionId);
  return envelope.ifRevision === undefined
    ? envelope
    : { ...envelope, ifRevision: completed.revision };
}

/** The conversion as its lead knows it. */
export function conversionOf(lead: LeadState, conversionId: Uuid): ConversionSummary | undefined {
  return lead.conversions.find(({ id }) => id === conversionId);
}

function noConversion(): Refusal {
  return new Refusal('not-found', 'conversion_not_found', 'There is no such conversion.');
}
