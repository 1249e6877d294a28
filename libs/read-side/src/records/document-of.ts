import type { LeadState, Position, RecordState, Revision, StagedState } from '#crm';
import type { Derived } from './derived.js';
import type { RecordDocument, RecordStatus } from './record-document.js';

/** The flat document of a record's state. Values that are not there are left out. */
export function documentOf(
  state: RecordState,
  noteCount: number,
  { keys, search }: Pick<Derived, 'keys' | 'search'>,
  at: { readonly revision: Revision; readonly position: Position },
): RecordDocument {
  const { ownerId, teamId, mergedInto } = state;
  return {
    ...state.fields,
    id: state.id,
    type: state.type,
    status: statusOf(state),
    custom: state.custom,
    tags: state.tags,
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
    ...(isStaged(state) && placeOf(state)),
    origins: state.origins,
    attachments: state.attachments,
    noteCount,
    ...(isLead(state) && {
      conversions: state.conversions,
      converted: state.conversions.length > 0,
    }),
    ...(mergedInto && { mergedInto: { type: mergedInto.type, id: mergedInto.id } }),
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
    createdBy: state.createdBy,
    updatedBy: state.updatedBy,
    revision: at.revision,
    position: at.position,
    keys,
    search,
  };
}

function statusOf(state: RecordState): RecordStatus {
  if (state.lifecycle === 'deleted' || state.lifecycle === 'merged') return state.lifecycle;
  return isStaged(state) ? state.outcome : 'active';
}

function placeOf({ pipelineId, stageId, stageSince, lostReason, closedAt }: StagedState) {
  return {
    ...(pipelineId !== undefined && { pipelineId }),
    ...(stageId !== undefined && { stageId }),
    ...(stageSince !== undefined && { stageSince }),
    ...(lostReason !== undefined && { lostReason }),
    ...(closedAt !== undefined && { closedAt }),
  };
}

function isStaged(state: RecordState): state is StagedState {
  return state.type === 'lead' || state.type === 'opportunity';
}

function isLead(state: RecordState): state is LeadState {
  return state.type === 'lead';
}
