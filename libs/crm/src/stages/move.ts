import type { DecisionContext } from '../kernel/decider.js';
import { recordName } from '../record/record-type.js';
import type { Pipeline, Stage } from '../settings/settings.js';
import { refuseUnfilled, type StageInPipeline } from './place.js';
import type { StagedEvent } from './staged-events.js';
import type { StagedState } from './staged-state.js';

/** The move of a record to another stage, with the time that it stood in the one it leaves. */
export function moved(
  state: StagedState,
  { pipeline, stage }: StageInPipeline,
  { occurredAt }: DecisionContext,
  reason?: string,
): StagedEvent {
  const since = state.stageSince ?? state.createdAt;
  return {
    type: `${recordName(state.type)}StageChanged`,
    data: {
      from: { pipelineId: state.pipelineId ?? '', stageId: state.stageId ?? '' },
      to: { pipelineId: pipeline.id, stageId: stage.id },
      stoodMs: Math.max(0, Date.parse(occurredAt) - Date.parse(since)) || 0,
      ...(reason !== undefined && { reason }),
      ...(state.type === 'opportunity' && { stageProbability: stage.probability }),
    },
  };
}

/**
 * Moves to the stage of the record's pipeline that bears the marker, if there is one in use.
 * @throws Refusal `stage_requires_fields`
 */
export function toMarked(
  state: StagedState,
  marker: Stage['marker'],
  context: DecisionContext,
): readonly StagedEvent[] {
  const pipeline = pipelineOf(state, context);
  const stage = pipeline?.stages.find(
    (candidate) => candidate.marker === marker && !candidate.retired,
  );
  const current = pipeline?.stages.find(({ id }) => id === state.stageId);
  if (!pipeline || !stage || current?.marker === marker) return [];
  refuseUnfilled(state.type, state, stage, context.settings);
  return [moved(state, { pipeline, stage }, context)];
}

/**
 * A reopened record does not stay in a won or lost stage. It goes back to where it came from, if work can go on there;
 * else to the last open stage before the one it is in, or the first open one.
 */
export function backToOpen(state: StagedState, context: DecisionContext): readonly StagedEvent[] {
  const pipeline = pipelineOf(state, context);
  const index = pipeline?.stages.findIndex(({ id }) => id === state.stageId) ?? -1;
  if (!pipeline || !isClosed(pipeline.stages[index])) return [];
  const open = pipeline.stages.filter((stage) => !stage.retired && !isClosed(stage));
  const previous =
    state.previousPlace?.pipelineId === pipeline.id
      ? open.find(({ id }) => id === state.previousPlace?.stageId)
      : undefined;
  const before = pipeline.stages.slice(0, index).findLast((stage) => open.includes(stage));
  const stage = previous ?? before ?? open[0];
  return stage ? [moved(state, { pipeline, stage }, context)] : [];
}

/** True for a stage where nothing is left to do. */
function isClosed(stage: Stage | undefined): boolean {
  return stage?.marker === 'won' || stage?.marker === 'lost';
}

/** The pipeline where the record stands, retired or not. */
function pipelineOf(state: StagedState, { settings }: DecisionContext): Pipeline | undefined {
  return settings.pipelines.find(({ id }) => id === state.pipelineId);
}
