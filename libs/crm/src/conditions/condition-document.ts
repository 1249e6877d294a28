import type { Deadline } from '../deadlines/deadline.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { LeadState } from '../lead/lead.js';
import type { ConversionSummary } from '../lead/lead-conversions.js';
import type { Absorbed } from '../merging/merge-state.js';
import type { OpportunityState } from '../opportunity/opportunity.js';
import { type ProbabilitySource, probabilityOf } from '../opportunity/probability.js';
import type { FieldValues } from '../record/field.js';
import type { Attachment, Origin, RecordState } from '../record/record-state.js';
import type { RecordRef, RecordType } from '../record/record-type.js';
import { isStaged, type Outcome, type StagedState } from '../stages/staged-state.js';

/** How a record stands. Staged types are `open`, `won` or `lost` while they live, the others `active`. */
export type RecordStatus = Outcome | 'active' | 'deleted' | 'merged';

/**
 * A record as conditions look at it: one flat document. Its default fields stand beside these under their own names (`email`,
 * `expectedRevenue`). What is not there is absent, never null. Lists keep it with what only they know.
 */
export interface ConditionDocument extends JsonObject {
  readonly id: Uuid;
  readonly type: RecordType;
  readonly status: RecordStatus;
  /** Values of custom fields by key. */
  readonly custom: FieldValues;
  readonly tags: readonly string[];
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
  readonly pipelineId?: string;
  readonly stageId?: string;
  readonly stageSince?: Instant;
  readonly lostReason?: string;
  readonly lostDetail?: string;
  readonly closedAt?: Instant;
  /** Opportunities only: `probabilityOf` it, where it is known. */
  readonly probability?: number;
  readonly probabilityBy?: ProbabilitySource;
  /** Opportunities only: when it has to be dealt with. One that was handled shows so until time counts anew. */
  readonly deadline?: Deadline;
  /** From which records, by which conversions, it came to be or was updated. */
  readonly origins: readonly Origin[];
  readonly attachments: readonly Attachment[];
  /** Leads only: every conversion, first to last, and whether any stands that was not undone. */
  readonly conversions?: readonly ConversionSummary[];
  readonly converted?: boolean;
  /** Records that were merged into it; left out when there are none. */
  readonly absorbed?: readonly Absorbed[];
  /** Set when merged: the record that took its place. */
  readonly mergedInto?: RecordRef;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly createdBy: string;
  readonly updatedBy: string;
}

/** A document that is being put together: assigning member by member makes one object, where spreading makes one for each part. */
type Draft = { -readonly [Member in keyof ConditionDocument]: ConditionDocument[Member] };

/** The flat document of a record's state. Values that are not there are left out. */
export function conditionDocument(state: RecordState): ConditionDocument {
  const { ownerId, teamId, mergedInto } = state;
  const draft: Draft = {
    ...state.fields,
    id: state.id,
    type: state.type,
    status: statusOf(state),
    custom: state.custom,
    tags: state.tags,
    origins: state.origins,
    attachments: state.attachments,
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
    createdBy: state.createdBy,
    updatedBy: state.updatedBy,
  };
  if (ownerId !== undefined) draft.ownerId = ownerId;
  if (teamId !== undefined) draft.teamId = teamId;
  if (isStaged(state)) place(draft, state);
  if (isOpportunity(state)) weigh(draft, state);
  if (isOpportunity(state) && state.deadline) draft.deadline = state.deadline;
  if (isLead(state)) {
    draft.conversions = state.conversions;
    draft.converted = state.conversions.some(({ undone }) => !undone);
  }
  if (state.absorbed.length > 0) draft.absorbed = state.absorbed;
  if (mergedInto) draft.mergedInto = { type: mergedInto.type, id: mergedInto.id };
  return draft;
}

function statusOf(state: RecordState): RecordStatus {
  if (state.lifecycle === 'deleted' || state.lifecycle === 'merged') return state.lifecycle;
  return isStaged(state) ? state.outcome : 'active';
}

function place(
  draft: Draft,
  { pipelineId, stageId, stageSince, lostReason, lostDetail, closedAt }: StagedState,
): void {
  if (pipelineId !== undefined) draft.pipelineId = pipelineId;
  if (stageId !== undefined) draft.stageId = stageId;
  if (stageSince !== undefined) draft.stageSince = stageSince;
  if (lostReason !== undefined) draft.lostReason = lostReason;
  if (lostDetail !== undefined) draft.lostDetail = lostDetail;
  if (closedAt !== undefined) draft.closedAt = closedAt;
}

/** Not what a person said of it once, but what holds. */
function weigh(draft: Draft, state: OpportunityState): void {
  const known = probabilityOf(state);
  if (!known) return;
  draft.probability = known.probability;
  draft.probabilityBy = known.probabilityBy;
}

function isOpportunity(state: RecordState): state is OpportunityState {
  return state.type === 'opportunity';
}

function isLead(state: RecordState): state is LeadState {
  return state.type === 'lead';
}
