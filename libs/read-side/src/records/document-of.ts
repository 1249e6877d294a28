import {
  isStaged,
  type LeadState,
  type Position,
  type RecordState,
  type Revision,
  type StagedState,
} from '#crm';
import type { Derived } from './derived.js';
import type { RecordDocument, RecordStatus } from './record-document.js';

/** A document that is being put together: assigning member by member makes one object, where spreading makes one for each part. */
type Draft = { -readonly [Member in keyof RecordDocument]: RecordDocument[Member] };

/** The flat document of a record's state. Values that are not there are left out. */
export function documentOf(
  state: RecordState,
  noteCount: number,
  { search }: Pick<Derived, 'search'>,
  at: { readonly revision: Revision; readonly position: Position },
): RecordDocument {
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
    noteCount,
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
    createdBy: state.createdBy,
    updatedBy: state.updatedBy,
    revision: at.revision,
    position: at.position,
    search,
  };
  if (ownerId !== undefined) draft.ownerId = ownerId;
  if (teamId !== undefined) draft.teamId = teamId;
  if (isStaged(state)) place(draft, state);
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
  { pipelineId, stageId, stageSince, lostReason, closedAt }: StagedState,
): void {
  if (pipelineId !== undefined) draft.pipelineId = pipelineId;
  if (stageId !== undefined) draft.stageId = stageId;
  if (stageSince !== undefined) draft.stageSince = stageSince;
  if (lostReason !== undefined) draft.lostReason = lostReason;
  if (closedAt !== undefined) draft.closedAt = closedAt;
}

function isLead(state: RecordState): state is LeadState {
  return state.type === 'lead';
}
