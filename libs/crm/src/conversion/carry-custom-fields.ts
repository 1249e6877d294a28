import { Refusal } from '../kernel/refusal.js';
import type { LeadState } from '../lead/lead.js';
import type { CustomValues } from '../record/record-state.js';
import {
  type CustomFieldDefinition,
  customFieldOf,
  isFieldDefined,
  type Settings,
} from '../settings/settings.js';
import type { TargetType } from './target-type.js';

/**
 * The custom fields of leads that a target type lacks, as they are to be added to it. Not required there: records that
 * exist already could not have them filled.
 */
export function definitionsToAdd(
  target: TargetType,
  settings: Settings,
): readonly CustomFieldDefinition[] {
  return settings.customFields
    .filter((field) => field.recordType === 'lead' && !field.retired)
    .filter(({ key }) => !isFieldDefined(target, key, settings))
    .map((field) => ({ ...field, recordType: target, required: false }));
}

/** The lead's custom values for a target: all whose field the target has or is about to get. */
export function carriedCustom(
  lead: LeadState,
  target: TargetType,
  settings: Settings,
): CustomValues {
  const kept = Object.entries(lead.custom).filter(
    ([key]) =>
      customFieldOf(settings, 'lead', key) &&
      (customFieldOf(settings, target, key) || !isFieldDefined(target, key, settings)),
  );
  return Object.fromEntries(kept);
}

/** A refusal for every lead value whose custom field has another type on the target; it names both definitions. */
export function typeClashes(
  lead: LeadState,
  target: TargetType,
  settings: Settings,
): readonly Refusal[] {
  return Object.keys(lead.custom).flatMap((key) => {
    const ours = customFieldOf(settings, 'lead', key);
    const theirs = customFieldOf(settings, target, key);
    if (!ours || !theirs || ours.type === theirs.type) return [];
    const message = `The custom field ${key} is ${ours.type} on leads and ${theirs.type} on ${target}s.`;
    return [
      new Refusal('rule', 'custom_field_clash', message, {
        errors: [{ path: `custom.${key}`, code: 'custom_field_clash', message }],
        facts: { definitions: [{ ...ours }, { ...theirs }] },
      }),
    ];
  });
}
