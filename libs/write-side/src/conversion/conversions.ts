import {
  type ChangeStage,
  type Confirmed,
  type ConversionRequest,
  type ConversionSummary,
  conversionIdOf,
  type Found,
  fill,
  type Instant,
  type LeadState,
  type Outlook,
  planBasis,
  planConversion,
  Refusal,
  type Roster,
  type Uuid,
} from '#crm';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executed } from '../execution/executed.js';
import { busy, Outdated } from '../execution/outdated.js';
import { repeatOf } from '../execution/repeat.js';
import { contextUnder, refuseStale, refuseStalePreview } from '../execution/under-envelope.js';
import { namingLivingEnd } from '../merging/living-end.js';
import { requireRight } from '../records/record-commands.handler.js';
import { recordTarget } from '../records/record-target.js';
import type { SettingsSource } from '../settings/settings-source.port.js';
import { type CommittingOptions, createCommitting } from './committing.js';
import type { ConversionEffects } from './conversion-effects.js';
import { type FindExisting, findExisting } from './find-existing.js';
import { refuseUnknownPeople, requireTargetRights } from './target-rights.js';
import type { CompleteConversion } from './undo/complete-conversion.js';

export interface ConversionsOptions extends FindExisting, CommittingOptions {
  readonly effects: ConversionEffects;
  /** Carries out what is missing of a conversion that is being undone. */
  readonly complete: CompleteConversion;
  readonly settings: SettingsSource;
  /** Who there is to be given an opportunity by an assignment rule. */
  readonly roster: Roster;
  readonly now: () => Instant;
  /** Most plannings of one conversion when others keep coming in between. */
  readonly attempts?: number;
}

export interface ConvertCommand {
  readonly request: ConversionRequest;
  /** `basis` of the preview that the caller saw; refused with 409 when the plan would be another. */
  readonly basis?: string;
  /** The change of stage that carries the conversion. */
  readonly stage?: ChangeStage;
}

/** What a conversion would do and on what that rests. */
export interface ConversionPreview extends Outlook {
  readonly leadId: Uuid;
  readonly revision: number;
  /** Only with a plan. */
  readonly basis?: string;
  readonly found: Found;
}

export interface ConversionResult extends CommandResult {
  readonly conversion: ConversionSummary;
}

export interface Conversions {
  /** What converting the lead would do. Commits nothing. */
  preview(leadId: Uuid, request: ConversionRequest, envelope: Envelope): Promise<ConversionPreview>;
  /**
   * Converts the lead, and answers when every effect is recorded.
   * @throws Refusal `choice_needed`, `contact_exists`, `account_exists`, `stale_preview` (409); `required_fields`,
   * `pipeline_choice_needed`, `custom_field_clash`, `stage_does_not_convert` (422)
   */
  convert(leadId: Uuid, command: ConvertCommand, envelope: Envelope): Promise<ConversionResult>;
}

/** Preview and convert (PRODUCT.md P2). */
export function createConversions(options: ConversionsOptions): Conversions {
  const { executor, settings, now, attempts = 50 } = options;
  const committing = createCommitting(options);

  async function outlookOf(
    leadId: Uuid,
    request: ConversionRequest,
    envelope: Envelope,
    looking: { readonly sales: boolean; readonly stage?: ChangeStage },
  ) {
    const lead = (await executor.load(recordTarget('lead', leadId))) as Confirmed<LeadState>;
    requireRight('convert', lead.state, envelope);
    const current = settings.current();
    refuseUnknownPeople(request, current, options.people);
    const context = { ...contextUnder(envelope, current, now()), roster: options.roster };
    const { stage } = looking;
    // What is converted is the lead with the values that come with the change of stage.
    const filled = stage ? { ...lead, state: fill(lead.state, stage, context).filled } : lead;
    const found = await findExisting(filled.state, request, envelope, current, options, looking);
    return { lead, found, context, outlook: planConversion(filled, request, found, context) };
  }

  async function attempt(
    leadId: Uuid,
    { request, basis, stage }: ConvertCommand,
    envelope: Envelope,
  ): Promise<Executed<unknown> | undefined> {
    const { lead, found, context, outlook } = await outlookOf(leadId, request, envelope, {
      sales: false,
      ...(stage && { stage }),
    });
    if (await finishUndoings(lead.state)) return undefined;
    const { plan, obstacles } = outlook;
    if (!plan) throw obstacles[0] ?? new Refusal('rule', 'nothing_to_convert', 'Nothing to do.');
    requireTargetRights(plan, lead.state, envelope);
    refuseStalePreview(basis, planBasis({ id: leadId, revision: lead.revision }, plan));
    // What the decision will refuse is refused now: a claim that does not commit makes others wait for it.
    refuseStale(lead, envelope);
    committing.staged(lead.state, stage, context);
    try {
      return await committing.commit(lead, { plan, found, ...(stage && { stage }) }, envelope);
    } catch (error) {
      if (error instanceof Outdated) return undefined;
      throw error;
    }
  }

  /** What is about to be withdrawn must not be found. True when anything was. */
  async function finishUndoings({ id, pending }: LeadState): Promise<boolean> {
    const undoings = Object.entries(pending).filter(([, work]) => 'undo' in work);
    for (const [conversionId] of undoings) await options.complete(id, conversionId);
    return undoings.length > 0;
  }

  return {
    preview: (leadId, request, envelope) =>
      namingLivingEnd(executor, () => preview(leadId, request, envelope)),
    convert: (leadId, command, envelope) =>
      namingLivingEnd(executor, () => convert(leadId, command, envelope)),
  };

  async function preview(
    leadId: Uuid,
    request: ConversionRequest,
    envelope: Envelope,
  ): Promise<ConversionPreview> {
    const { lead, found, outlook } = await outlookOf(leadId, request, envelope, { sales: true });
    const { plan } = outlook;
    const { revision } = lead;
    const basis = plan && planBasis({ id: leadId, revision }, plan);
    return { ...outlook, leadId, revision, found, ...(basis && { basis }) };
  }

  async function convert(
    leadId: Uuid,
    command: ConvertCommand,
    envelope: Envelope,
  ): Promise<ConversionResult> {
    for (let tried = 0; tried < attempts; tried++) {
      const executed =
        (await repeatOf(executor, recordTarget('lead', leadId), envelope)) ??
        (await attempt(leadId, command, envelope));
      if (!executed) continue;
      const conversionId = conversionIdOf(envelope.commandId, leadId);
      const completed = await options.effects.complete(leadId, conversionId);
      const { state } = await executor.load(recordTarget('lead', leadId), { cached: true });
      const conversion = (state as LeadState).conversions.find(({ id }) => id === conversionId);
      if (!conversion) throw busy('The lead is being changed; try again.');
      const { revision, position } = completed;
      // A repeated command is answered as at first, whatever became of the conversion since.
      const { undone: _since, ...first } = conversion;
      return { id: leadId, revision, position, conversion: { ...first, completed: true } };
    }
    throw busy('Too many others are converting; try again.');
  }
}
