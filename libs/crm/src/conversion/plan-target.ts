import type { DecisionContext } from '../kernel/decider.js';
import type { FieldError } from '../kernel/refusal.js';
import type { LeadState } from '../lead/lead.js';
import type { FieldValue, FieldValues } from '../record/field.js';
import { asListed, type UnlistedValue } from '../record/listed-values.js';
import { presentValues } from '../record/present-values.js';
import { readValues } from '../record/read-values.js';
import type { RecordState } from '../record/record-state.js';
import { missingFields } from '../record/required-fields.js';
import { type Settings, stageOf } from '../settings/settings.js';
import { unfilled } from '../stages/place.js';
import { carriedCustom } from './carry-custom-fields.js';
import { carriedFields } from './carry-values.js';
import type { PlannedCreation, PlannedUpdate } from './conversion-plan.js';
import type { Overwrite, SuppliedValues } from './conversion-request.js';
import type { Confirmed } from './found.js';
import { tagsToAdd, updatesFrom } from './merge-into-existing.js';
import type { TargetType } from './target-type.js';

/** What the planning of one target has to go by. */
export interface TargetInput {
  readonly target: TargetType;
  readonly lead: LeadState;
  readonly supplied: SuppliedValues;
  /** References to records of the same plan. */
  readonly links: FieldValues;
  readonly carryTags: boolean;
  /** As they will be when the plan's definitions have been added. */
  readonly settings: Settings;
  readonly context: DecisionContext;
  readonly conversionId: string;
}

/** A planned target, and what stands in its way. Paths are as in the request: `contact.values.email`. */
export interface PlannedTarget<Planned> {
  readonly planned: Planned;
  readonly invalid: readonly FieldError[];
  readonly missing: readonly FieldError[];
  readonly unlisted: readonly UnlistedValue[];
}

interface Carried {
  readonly fields: Record<string, FieldValue>;
  readonly custom: Record<string, FieldValue>;
  readonly invalid: readonly FieldError[];
  readonly unlisted: readonly UnlistedValue[];
}

/** Plans a record to be created. */
export function planCreation(
  input: TargetInput,
  id: string,
  place: {
    readonly ownerId?: string;
    readonly teamId?: string;
    readonly pipelineId?: string;
    readonly stageId?: string;
    readonly stageProbability?: number;
  },
): PlannedTarget<PlannedCreation> {
  const { fields, custom, invalid, unlisted } = carry(input);
  const { target, lead, carryTags, conversionId, settings } = input;
  const stage =
    target === 'opportunity' ? stageOf(settings, place.pipelineId, place.stageId) : undefined;
  const captured = {
    fields,
    custom,
    tags: carryTags && target !== 'opportunity' ? lead.tags : [],
    ...defined(place),
    origin: { type: 'lead', id: lead.id, conversionId },
  } as const;
  const values = { fields, custom };
  const missing = [
    ...missingFields(target, values, settings),
    ...(stage ? unfilled('opportunity', values, stage, settings) : []),
  ];
  const nameless =
    target === 'contact' &&
    !['familyName', 'givenName', 'email', 'phones'].some((name) => fields[name] !== undefined);
  return {
    planned: { action: 'create', id, captured },
    invalid,
    unlisted,
    missing: [...new Set([...missing, ...(nameless ? ['givenName'] : [])])].map((name) =>
      required(target, name),
    ),
  };
}

/** Plans the changes to a record that exists. */
export function planUpdate(
  input: TargetInput,
  existing: Confirmed<RecordState>,
  { overwrite, ownerId }: { readonly overwrite?: Overwrite; readonly ownerId?: string },
): PlannedTarget<PlannedUpdate> {
  const { fields, custom, invalid, unlisted } = carry(input);
  const { supplied, lead, carryTags } = input;
  const explicit = [
    ...Object.keys(supplied.values ?? {}),
    ...Object.keys(supplied.custom ?? {}).map((key) => `custom.${key}`),
  ];
  const replacing = overwrite === true || [...explicit, ...(overwrite || [])];
  return {
    planned: {
      action: 'update',
      id: existing.state.id,
      revision: existing.revision,
      changes: updatesFrom(existing.state, { fields, custom }, replacing),
      tags: carryTags ? tagsToAdd(lead, existing.state) : [],
      ...(ownerId && ownerId !== existing.state.ownerId && { ownerId }),
    },
    invalid,
    unlisted,
    missing: [],
  };
}

/** What the lead carries with what the caller supplied over it; a supplied null leaves the field empty. */
function carry({ target, lead, supplied, links, settings }: TargetInput): Carried {
  const read = readValues(target, supplied.values ?? {}, supplied.custom ?? {}, settings);
  // What the lead carries was accepted once; what the caller says now is asked of the catalogues.
  const told = asListed(target, read.fields, settings);
  const fields = { ...carriedFields(lead, target), ...links, ...told.fields };
  const custom = { ...carriedCustom(lead, target, settings), ...read.custom };
  const invalid = read.errors.map((error) => ({
    ...error,
    path: error.path.startsWith('custom.')
      ? `${target}.${error.path}`
      : `${target}.values.${error.path}`,
  }));
  const unlisted = told.unlisted.map(({ path, values }) => ({
    path: `${target}.values.${path}`,
    values,
  }));
  return { fields: presentValues(fields), custom: presentValues(custom), invalid, unlisted };
}

function required(target: TargetType, name: string): FieldError {
  const path = name.startsWith('custom.') ? `${target}.${name}` : `${target}.values.${name}`;
  return { path, code: 'required', message: `The ${target} needs this field.` };
}

function defined<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<Values>;
}
