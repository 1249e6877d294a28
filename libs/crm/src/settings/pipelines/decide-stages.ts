import { brokenRule, InputReading } from '../../record/values/input-reading.js';
import { changesBetween } from '../parts/changes.js';
import { isNewOrder } from '../parts/order.js';
import { readPlace } from '../parts/read-parts.js';
import { requireInUse, requireSetting } from '../parts/retirable.js';
import type { Pipeline, Settings, Stage } from '../settings.js';
import type {
  AddStage,
  EditStage,
  PipelineCommand,
  ReorderStages,
  RestoreStage,
  RetireStage,
} from './pipeline-commands.js';
import type { PipelineEvent } from './pipeline-events.js';
import { checkStages, readStage, refuseStageName } from './read-stage.js';

export type StageCommand = Extract<
  PipelineCommand,
  AddStage | EditStage | ReorderStages | RetireStage | RestoreStage
>;

const STAGE = { code: 'stage', noun: 'stage' } as const;

/** Decides the commands on the stages of a pipeline in use. */
export function decideStages(
  settings: Settings,
  pipeline: Pipeline,
  command: StageCommand,
): readonly PipelineEvent[] {
  switch (command.kind) {
    case 'add-stage':
      return add(settings, pipeline, command);
    case 'edit-stage':
      return edit(settings, pipeline, command);
    case 'reorder-stages':
      return reorder(pipeline, command);
    case 'retire-stage':
      return retire(pipeline, requireSetting(pipeline.stages, command.stageId, STAGE));
    case 'restore-stage':
      return restore(pipeline, requireSetting(pipeline.stages, command.stageId, STAGE));
  }
}

function add(settings: Settings, pipeline: Pipeline, command: AddStage): readonly PipelineEvent[] {
  const reading = new InputReading();
  const stage = readStage(reading, command.stage, 'stage', pipeline.recordType, settings);
  const index = readPlace(reading, command.index, 'index', pipeline.stages.length);
  checkStages(reading, [...pipeline.stages, stage], 'stage');
  const existing = pipeline.stages.find(({ id }) => id === stage.id);
  if (existing && changesBetween(existing, stage).length === 0) return [];
  reading.refuseUnless(
    !existing,
    'stage.id',
    'duplicate_id',
    'Another stage of the pipeline has this id.',
  );
  if (!existing) refuseStageName(reading, pipeline.stages, stage, 'stage.name');
  reading.finish();
  return [{ type: 'PipelineStageAdded', data: { pipelineId: pipeline.id, stage, index } }];
}

function edit(
  settings: Settings,
  pipeline: Pipeline,
  command: EditStage,
): readonly PipelineEvent[] {
  const stage = requireInUse(pipeline.stages, command.stageId, STAGE);
  const { name, probability, marker, requiredFields } = command;
  // With another marker, a stage is worth what one of that marker is.
  const worth =
    probability ??
    (marker === undefined || marker === stage.marker ? stage.probability : undefined);
  const wanted = {
    id: stage.id,
    name: name ?? stage.name,
    ...(worth !== undefined && { probability: worth }),
    marker: marker ?? stage.marker,
    // Fields that the stage has already may have been retired since, and do not hinder the edit of something else.
    requiredFields: requiredFields ?? [],
  };
  const reading = new InputReading();
  const read = readStage(reading, wanted, '', pipeline.recordType, settings);
  const edited: Stage = requiredFields ? read : { ...read, requiredFields: stage.requiredFields };
  const stages = pipeline.stages.map((other) => (other.id === stage.id ? edited : other));
  if (edited.name !== stage.name) refuseStageName(reading, pipeline.stages, edited, 'name');
  checkStages(reading, stages, 'marker');
  reading.finish();
  const changes = changesBetween(stage, edited);
  const data = { pipelineId: pipeline.id, stageId: stage.id, changes };
  return changes.length === 0 ? [] : [{ type: 'PipelineStageEdited', data }];
}

function reorder(pipeline: Pipeline, { stageIds: to }: ReorderStages): readonly PipelineEvent[] {
  const from = pipeline.stages.filter(({ retired }) => !retired).map(({ id }) => id);
  const path = 'stageIds';
  if (!isNewOrder({ from, to, path, code: 'not_every_stage', what: 'stage' })) return [];
  return [{ type: 'PipelineStagesReordered', data: { pipelineId: pipeline.id, from, to } }];
}

function retire(pipeline: Pipeline, stage: Stage): readonly PipelineEvent[] {
  if (stage.retired) return [];
  const open = pipeline.stages.filter(({ marker, retired }) => marker === 'open' && !retired);
  if (open.length === 1 && open[0]?.id === stage.id) {
    throw brokenRule('last_open_stage', 'stageId', 'The last open stage cannot be retired.');
  }
  const data = { pipelineId: pipeline.id, stageId: stage.id };
  return [{ type: 'PipelineStageRetired', data }];
}

function restore(pipeline: Pipeline, stage: Stage): readonly PipelineEvent[] {
  if (!stage.retired) return [];
  const restored = { ...stage, retired: false };
  const stages = pipeline.stages.map((other) => (other.id === stage.id ? restored : other));
  const reading = new InputReading();
  refuseStageName(reading, pipeline.stages, stage, 'stageId');
  checkStages(reading, stages, 'stageId');
  reading.finish();
  const data = { pipelineId: pipeline.id, stageId: stage.id };
  return [{ type: 'PipelineStageRestored', data }];
}
