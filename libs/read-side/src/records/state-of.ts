import {
  FIELD_CATALOGUE,
  type FieldValue,
  type LeadState,
  type Lifecycle,
  NEVER_MERGED,
  type OpportunityState,
  type Outcome,
  type RecordState,
  type RecordType,
} from '#crm';
import type { RecordDocument } from './record-document.js';

const FIELD_NAMES: Readonly<Record<RecordType, readonly string[]>> = {
  lead: namesOf('lead'),
  opportunity: namesOf('opportunity'),
  contact: namesOf('contact'),
  account: namesOf('account'),
};

function namesOf(type: RecordType): readonly string[] {
  return FIELD_CATALOGUE[type].map(({ name }) => name);
}

/** The domain's state of a stored document, but for the notes, which the document only counts, what is being done about merges, and since when time counts, which concern the write side. */
export function stateOf(document: RecordDocument): RecordState {
  const { type, id, mergedInto } = document;
  const state: RecordState = {
    type,
    id,
    lifecycle: lifecycleOf(document),
    fields: fieldsOf(document),
    custom: document.custom,
    tags: document.tags,
    ownerId: document.ownerId,
    teamId: document.teamId,
    origins: document.origins,
    attachments: document.attachments,
    notes: {},
    ...NEVER_MERGED,
    absorbed: document.absorbed ?? [],
    ...(mergedInto && { mergedInto }),
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    createdBy: document.createdBy,
    updatedBy: document.updatedBy,
  };
  if (type === 'lead') {
    const lead: LeadState = {
      ...state,
      ...placeOf(document),
      type,
      conversions: document.conversions ?? [],
      // What is still to be done for a conversion concerns the write side.
      pending: {},
    };
    return lead;
  }
  if (type === 'opportunity') {
    const { deadline, probabilities } = document;
    const { hand, stage } = probabilities ?? {};
    const { probability: _held, ...fields } = state.fields;
    const opportunity: OpportunityState = {
      ...state,
      ...placeOf(document),
      type,
      fields: hand === undefined ? fields : { ...fields, probability: hand },
      stageProbability: stage,
      ...(deadline && { deadline }),
    };
    return opportunity;
  }
  return state;
}

function lifecycleOf({ status }: RecordDocument): Lifecycle {
  return status === 'deleted' || status === 'merged' ? status : 'live';
}

function placeOf(document: RecordDocument) {
  const { pipelineId, stageId, stageSince, lostReason, lostDetail, closedAt } = document;
  const place = { pipelineId, stageId, stageSince };
  return { ...place, lostReason, lostDetail, closedAt, outcome: outcomeOf(document) };
}

/** A deleted record's status hides whether it was won or lost; what came with the outcome tells. */
function outcomeOf({ lostReason, closedAt }: RecordDocument): Outcome {
  if (lostReason !== undefined) return 'lost';
  return closedAt === undefined ? 'open' : 'won';
}

function fieldsOf(document: RecordDocument): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {};
  for (const name of FIELD_NAMES[document.type]) {
    const value = document[name];
    if (value !== undefined) fields[name] = value as FieldValue;
  }
  return fields;
}
