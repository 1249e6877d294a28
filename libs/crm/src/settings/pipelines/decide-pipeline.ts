import { brokenRule, InputReading } from '../../record/values/input-reading.js';
import { refuseTakenName } from '../parts/names.js';
import { readSlug } from '../parts/read-parts.js';
import { isNew, requireInUse, requireSetting } from '../parts/retirable.js';
import { type Pipeline, pipelinesOf, type Settings, STAGE_MARKERS } from '../settings.js';
import { decideStages } from './decide-stages.js';
import type { DefinePipeline, PipelineCommand } from './pipeline-commands.js';
import type { PipelineEvent } from './pipeline-events.js';
import { checkStages, readStage, refuseStageName } from './read-stage.js';

const PIPELINE = { code: 'pipeline', noun: 'pipeline' } as const;

/** Decides the commands on pipelines (PRODUCT.md P7). */
export function decidePipeline(
  settings: Settings,
  command: PipelineCommand,
): readonly PipelineEvent[] {
  if (command.kind === 'define-pipeline') return define(settings, command);
  const { pipelines } = settings;
  const { pipelineId } = command;
  if (command.kind === 'retire-pipeline') {
    return retire(settings, requireSetting(pipelines, pipelineId, PIPELINE));
  }
  if (command.kind === 'restore-pipeline') {
    return restore(settings, requireSetting(pipelines, pipelineId, PIPELINE));
  }
  const pipeline = requireInUse(pipelines, pipelineId, PIPELINE);
  if (command.kind !== 'rename-pipeline') return decideStages(settings, pipeline, command);
  const reading = new InputReading();
  const to = reading.name(command.name, 'name');
  reading.finish();
  if (to === pipeline.name) return [];
  refuseTakenName(alike(settings, pipeline), { id: pipeline.id, name: to }, PIPELINE.noun);
  const data = { pipelineId: pipeline.id, from: pipeline.name, to };
  return [{ type: 'PipelineRenamed', data }];
}

function define(settings: Settings, command: DefinePipeline): readonly PipelineEvent[] {
  const { recordType } = command;
  const reading = new InputReading();
  if (!Object.hasOwn(STAGE_MARKERS, recordType)) {
    reading.refuse('recordType', 'unknown_record_type', 'Leads and opportunities have pipelines.');
    reading.finish();
  }
  const id = readSlug(reading, command.pipelineId, 'pipelineId');
  const name = reading.name(command.name, 'name');
  const stages = command.stages.map((stage, index) =>
    readStage(reading, stage, `stages.${index}`, recordType, settings),
  );
  for (const [index, stage] of stages.entries()) {
    const first = stages.findIndex((other) => other.id === stage.id) === index;
    const message = 'Another stage of the pipeline has this id.';
    reading.refuseUnless(first || stage.id === '', `stages.${index}.id`, 'duplicate_id', message);
  }
  for (const [index, stage] of stages.entries()) {
    refuseStageName(reading, stages.slice(0, index), stage, `stages.${index}.name`);
  }
  checkStages(reading, stages, 'stages');
  reading.finish();
  const pipeline: Pipeline = { id, recordType, name, stages, retired: false };
  if (!isNew(settings.pipelines, pipeline, PIPELINE, 'pipelineId')) return [];
  refuseTakenName(alike(settings, pipeline), pipeline, PIPELINE.noun);
  return [{ type: 'PipelineDefined', data: { pipelineId: id, recordType, name, stages } }];
}

function retire(settings: Settings, pipeline: Pipeline): readonly PipelineEvent[] {
  if (pipeline.retired) return [];
  if (pipelinesOf(settings, pipeline.recordType).length === 1) {
    throw brokenRule(
      'last_pipeline',
      'pipelineId',
      `The last ${pipeline.recordType} pipeline in use cannot be retired.`,
    );
  }
  return [{ type: 'PipelineRetired', data: { pipelineId: pipeline.id } }];
}

function restore(settings: Settings, pipeline: Pipeline): readonly PipelineEvent[] {
  if (!pipeline.retired) return [];
  refuseTakenName(alike(settings, pipeline), pipeline, PIPELINE.noun);
  return [{ type: 'PipelineRestored', data: { pipelineId: pipeline.id } }];
}

/** The pipelines that one is chosen among. */
function alike(
  { pipelines }: Settings,
  { recordType }: Pick<Pipeline, 'recordType'>,
): readonly Pipeline[] {
  return pipelines.filter((other) => other.recordType === recordType);
}
