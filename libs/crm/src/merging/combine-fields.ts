import { emailKey } from '../matching/email-key.js';
import type { FieldValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import { type RecordRef, refOf, sameRecord } from '../record/record-type.js';
import { brokenRule } from '../record/values/input-reading.js';
import type { Settings } from '../settings/settings.js';
import { offered } from './carried-to.js';
import { type Candidate, type Combined, combineValues } from './combine-values.js';
import { type MergeableField, mergeableFields } from './mergeable-fields.js';

/** A field of the survivor's type, what the records have in it, and what it comes to. */
export interface FieldOutlook extends Combined {
  readonly definition: MergeableField;
  readonly field: string;
  /** The survivor's first, then by order of creation; those without a value are left out. */
  readonly candidates: readonly Candidate[];
  readonly chosen: boolean;
}

/**
 * Every field of the survivor's type. `settings` as they will be when the definitions that the merge adds are there.
 * @throws Refusal `unknown_field`, `no_such_candidate`, `not_to_choose` (422) for a choice that cannot be made
 */
export function combineFields(
  survivor: RecordState,
  others: readonly RecordState[],
  choices: Readonly<Record<string, RecordRef>>,
  settings: Settings,
): readonly FieldOutlook[] {
  const definitions = mergeableFields(survivor.type, settings);
  const known = new Set(definitions.map(({ field }) => field));
  for (const field of Object.keys(choices)) {
    if (field !== 'ownerId' && !known.has(field)) {
      const path = `choices.${field}`;
      throw brokenRule(
        'unknown_field',
        path,
        `Records of the type ${survivor.type} have no such field.`,
      );
    }
  }
  const states = [survivor, ...others];
  const outlooks = definitions.map((definition): FieldOutlook => {
    const { field } = definition;
    const candidates = states.flatMap((state): readonly Candidate[] => {
      const value = offered(state, field, survivor.type, settings);
      const isSurvivor = state === survivor;
      return value === undefined ? [] : [{ record: refOf(state), value, isSurvivor }];
    });
    const choice = Object.hasOwn(choices, field) ? choices[field] : undefined;
    const combined = choice
      ? choose(definition, candidates, choice)
      : combineValues(definition, candidates, settings.phoneRegion);
    return { ...combined, definition, field, candidates, chosen: choice !== undefined };
  });
  return withSpareEmails(outlooks, states, settings);
}

function choose(
  { field, rule }: MergeableField,
  candidates: readonly Candidate[],
  choice: RecordRef,
): Combined {
  const path = `choices.${field}`;
  if (rule === 'own') {
    throw brokenRule(
      'not_to_choose',
      path,
      `The ${field} of a record that is merged away is not taken.`,
    );
  }
  const candidate = candidates.find(({ record }) => sameRecord(record, choice));
  if (candidate) return { value: candidate.value, sources: [candidate.record] };
  throw brokenRule(
    'no_such_candidate',
    path,
    'That record has no value in this field, or takes no part.',
  );
}

/** E-mails that did not become the record's own are kept among its others, where the type has such (PRODUCT.md P3: united). */
function withSpareEmails(
  outlooks: readonly FieldOutlook[],
  states: readonly RecordState[],
  { phoneRegion }: Settings,
): readonly FieldOutlook[] {
  const own = outlooks.find(({ field }) => field === 'email')?.value;
  return outlooks.map((outlook) => {
    if (outlook.definition.rule !== 'united-emails' || outlook.chosen) return outlook;
    const spare = states.flatMap((state): readonly Candidate[] => {
      const email = fieldValue(state, 'email');
      if (typeof email !== 'string' || isSame(email, own)) return [];
      return [{ record: refOf(state), value: [email], isSurvivor: false }];
    });
    const all = [...outlook.candidates, ...spare].map((candidate) => without(candidate, own));
    return { ...outlook, ...combineValues(outlook.definition, all, phoneRegion) };
  });
}

function without(candidate: Candidate, own: FieldValue | undefined): Candidate {
  if (!Array.isArray(candidate.value) || candidate.isSurvivor) return candidate;
  return { ...candidate, value: candidate.value.filter((email) => !isSame(email, own)) };
}

function isSame(email: string, own: FieldValue | undefined): boolean {
  return typeof own === 'string' && emailKey(email) === emailKey(own);
}
