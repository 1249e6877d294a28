import { type FieldError, Refusal, refusalWithin } from '../kernel/refusal.js';
import type { LeadState } from '../lead/lead.js';
import type { ConversionSummary } from '../lead/lead-conversions.js';
import { unknownCatalogueValue } from '../record/listed-values.js';
import { requireLive } from '../record/require-live.js';
import { type CustomFieldDefinition, withDefinitions } from '../settings/settings.js';
import { startingPlace } from '../stages/place.js';
import { assemblePlan } from './assemble-plan.js';
import { definitionsToAdd, typeClashes } from './carry-custom-fields.js';
import type { ConversionPlan } from './conversion-plan.js';
import type { ConversionRequest } from './conversion-request.js';
import type { Confirmed, Found } from './found.js';
import { owedNotices } from './owed-notices.js';
import { planSaleMerge, withLinks } from './plan-sale-merge.js';
import type { PlanningContext } from './planning-context.js';
import { type Resolved, resolveAccount, resolveContact } from './resolve-targets.js';
import { type Suggestion, type Suggestions, suggest, suggestAccount } from './suggest.js';
import type { TargetType } from './target-type.js';

/** Something the caller should know before converting, though it stops nothing. */
export type ConversionWarning = {
  readonly code: 'already_converted';
  readonly target: TargetType;
  /** The records that earlier conversions created or updated: of the lead, and of leads that were merged into it. */
  readonly ids: readonly string[];
};

/** What a conversion would do: the plan, or what stands in its way. Preview shows it, convert carries it out. */
export interface Outlook {
  readonly suggestions: Suggestions;
  /** There unless an obstacle is. */
  readonly plan?: ConversionPlan;
  /** First what the caller must choose, then what cannot be read, then what is missing. Convert refuses with the first. */
  readonly obstacles: readonly Refusal[];
  /** Custom fields that the conversion would add to target types. */
  readonly definitions: readonly CustomFieldDefinition[];
  readonly warnings: readonly ConversionWarning[];
}

/**
 * Plans a conversion under all of PRODUCT.md P2's rules. Preview and convert share it.
 * @throws Refusal when the lead itself is not there to be converted
 */
export function planConversion(
  confirmed: Confirmed<LeadState>,
  request: ConversionRequest,
  found: Found,
  context: PlanningContext,
): Outlook {
  const { state: lead } = confirmed;
  requireLive(lead);
  const obstacles: Refusal[] = [];
  const attempt = <Value>(make: () => Value, name?: string): Value | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      obstacles.push(name === undefined ? error : refusalWithin(name, error));
      return undefined;
    }
  };
  const suggested = suggest(lead, found);
  const contact = attempt(() => resolveContact(request.contact, suggested.contact, found));
  const account = attempt(() => {
    const suggestion = suggestAccount(lead, suggested, asSuggestion(contact), found);
    return resolveAccount(request.account, suggestion, found);
  });
  const place = attempt(
    () =>
      request.opportunity?.action === 'create'
        ? startingPlace('opportunity', request.opportunity, context.settings)
        : undefined,
    'opportunity',
  );
  const merge = attempt(() => planSaleMerge(confirmed, request.opportunity, found, context));
  const targets = targetsOf(contact, account, place);
  const definitions = targets.flatMap((target) => definitionsToAdd(target, context.settings));
  const { records, invalid, missing, unlisted } = assemblePlan({
    lead,
    request,
    contact: contact ?? { action: 'none' },
    account: account ?? { action: 'none' },
    ...(place && { place }),
    settings: withDefinitions(context.settings, definitions),
    context,
  });
  obstacles.push(
    ...targets.flatMap((target) => typeClashes(lead, target, context.settings)),
    ...unreadable(invalid),
    ...(unlisted.length > 0 ? [unknownCatalogueValue(unlisted)] : []),
    ...unfilled(missing),
  );
  const made = records.contact ?? records.account ?? records.opportunity ?? merge;
  if (obstacles.length === 0 && !made) {
    obstacles.push(
      new Refusal(
        'rule',
        'nothing_to_convert',
        'Choose at least one of contact, account, opportunity.',
        { errors: [{ path: 'contact', code: 'required', message: 'Nothing is chosen.' }] },
      ),
    );
  }
  const notices = owedNotices(lead, records, context);
  return {
    suggestions: suggested,
    obstacles,
    definitions,
    warnings: warningsOf([...lead.conversions, ...found.conversionsBehind], targets),
    ...(obstacles.length === 0 && {
      plan: {
        case: suggested.case,
        ...records,
        ...(merge && { merge: withLinks(merge, records, confirmed, found) }),
        definitions,
        notices,
      },
    }),
  };
}

function asSuggestion(contact: Resolved<{ readonly id: string }> | undefined): Suggestion {
  if (!contact) return { action: 'none' };
  return 'existing' in contact
    ? { action: 'update', id: contact.existing.state.id }
    : { action: contact.action };
}

/** The types whose records would be created or changed. */
function targetsOf(
  contact: Resolved<unknown> | undefined,
  account: Resolved<unknown> | undefined,
  place: unknown,
): readonly TargetType[] {
  const targets: TargetType[] = [];
  if (contact && contact.action !== 'none') targets.push('contact');
  if (account?.action === 'create' || account?.action === 'update') targets.push('account');
  if (place) targets.push('opportunity');
  return targets;
}

function unreadable(errors: readonly FieldError[]): readonly Refusal[] {
  return errors.length === 0
    ? []
    : [new Refusal('invalid', 'invalid_fields', 'Some values cannot be accepted.', { errors })];
}

function unfilled(errors: readonly FieldError[]): readonly Refusal[] {
  return errors.length === 0
    ? []
    : [
        new Refusal('rule', 'required_fields', 'Required fields of the targets are empty.', {
          errors,
        }),
      ];
}

function warningsOf(
  conversions: readonly ConversionSummary[],
  targets: readonly TargetType[],
): readonly ConversionWarning[] {
  return targets.flatMap((target) => {
    const standing = conversions.filter(({ undone }) => !undone);
    const ids = standing.flatMap((conversion) => conversion[`${target}Id`] ?? []);
    return ids.length === 0 ? [] : [{ code: 'already_converted', target, ids: [...new Set(ids)] }];
  });
}
