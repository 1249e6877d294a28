import type { AccountState } from '../account/account.js';
import type { ContactState } from '../contact/contact.js';
import { deriveId } from '../kernel/ids.js';
import type { FieldError } from '../kernel/refusal.js';
import type { LeadState } from '../lead/lead.js';
import type { FieldValues } from '../record/field.js';
import type { UnlistedValue } from '../record/listed-values.js';
import type { Settings } from '../settings/settings.js';
import type { StartingPlace } from '../stages/place.js';
import { type ConversionPlan, conversionIdOf } from './conversion-plan.js';
import type { ConversionRequest, SuppliedValues } from './conversion-request.js';
import { planAssignment } from './plan-assignment.js';
import { type PlannedTarget, planCreation, planUpdate, type TargetInput } from './plan-target.js';
import type { PlanningContext } from './planning-context.js';
import type { Resolved } from './resolve-targets.js';
import type { TargetType } from './target-type.js';

/** What is settled before the records of a plan are put together. */
export interface Settled {
  readonly lead: LeadState;
  readonly request: ConversionRequest;
  readonly contact: Resolved<ContactState>;
  readonly account: Resolved<AccountState>;
  /** Where the opportunity starts; none is wanted without it. */
  readonly place?: StartingPlace;
  /** As they will be when the plan's definitions have been added. */
  readonly settings: Settings;
  readonly context: PlanningContext;
}

export type PlannedRecords = Pick<
  ConversionPlan,
  'conversionId' | 'contact' | 'account' | 'opportunity'
>;

/** The records of a plan, what the caller's values get wrong, which are not in their catalogues, and which required fields stay empty. */
export interface Assembled {
  readonly records: PlannedRecords;
  readonly invalid: readonly FieldError[];
  readonly missing: readonly FieldError[];
  readonly unlisted: readonly UnlistedValue[];
}

/** Puts the account, the contact under it, and the opportunity with both together. */
export function assemblePlan(settled: Settled): Assembled {
  const { request, context } = settled;
  const conversionId = conversionIdOf(context.commandId, settled.lead.id);
  const planned: PlannedTarget<unknown>[] = [];
  const keep = <Planned>(target: PlannedTarget<Planned>): Planned => {
    planned.push(target);
    return target.planned;
  };
  const account = plannedAccount(settled, conversionId, keep);
  const accountLink: FieldValues = account ? { accountId: account.id } : {};
  const contact = plannedContact(settled, conversionId, accountLink, keep);
  const opportunity =
    settled.place &&
    keep(
      planCreation(
        inputFor('opportunity', settled, conversionId, request.opportunity ?? {}, {
          ...accountLink,
          ...(contact && { contactId: contact.id }),
        }),
        deriveId(conversionId, 'opportunity'),
        { ...settled.place, ...placeOf(settled, request.opportunity ?? {}) },
      ),
    );
  return {
    records: {
      conversionId,
      ...(contact && { contact }),
      ...(account && { account }),
      ...(opportunity && {
        opportunity: planAssignment(opportunity, request, settled.settings, context),
      }),
    },
    invalid: planned.flatMap(({ invalid }) => invalid),
    missing: planned.flatMap(({ missing }) => missing),
    unlisted: planned.flatMap(({ unlisted }) => unlisted),
  };
}

type Keep = <Planned>(target: PlannedTarget<Planned>) => Planned;

function plannedAccount(
  settled: Settled,
  conversionId: string,
  keep: Keep,
): ConversionPlan['account'] {
  const choice = settled.request.account ?? { action: 'none' };
  const resolved = settled.account;
  if (resolved.action === 'none') return undefined;
  if (resolved.action === 'link') return { action: 'link', id: resolved.existing.state.id };
  const input = inputFor('account', settled, conversionId, choice, {});
  return resolved.action === 'create'
    ? keep(planCreation(input, deriveId(conversionId, 'account'), placeOf(settled, choice)))
    : keep(planUpdate(input, resolved.existing, choice));
}

function plannedContact(
  settled: Settled,
  conversionId: string,
  accountLink: FieldValues,
  keep: Keep,
): ConversionPlan['contact'] {
  const choice = settled.request.contact ?? { action: 'none' };
  const resolved = settled.contact;
  if (resolved.action === 'none' || resolved.action === 'link') return undefined;
  const input = inputFor('contact', settled, conversionId, choice, accountLink);
  return resolved.action === 'create'
    ? keep(planCreation(input, deriveId(conversionId, 'contact'), placeOf(settled, choice)))
    : keep(planUpdate(input, resolved.existing, choice));
}

function inputFor(
  target: TargetType,
  { lead, request, settings, context }: Settled,
  conversionId: string,
  supplied: SuppliedValues,
  links: FieldValues,
): TargetInput {
  const carryTags = request.carryTags ?? true;
  return { target, lead, supplied, links, carryTags, settings, context, conversionId };
}

/** Whose the new record is: as chosen for it, for all of them, as the lead's, or the caller's. */
function placeOf(
  { lead, request, context }: Settled,
  choice: { readonly ownerId?: string; readonly teamId?: string },
): { readonly ownerId?: string; readonly teamId?: string } {
  const caller = context.actor.kind === 'user' ? context.actor.id : undefined;
  return {
    ownerId: choice.ownerId ?? request.ownerId ?? lead.ownerId ?? caller,
    teamId: choice.teamId ?? lead.teamId,
  };
}
