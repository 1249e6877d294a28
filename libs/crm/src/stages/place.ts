import { Refusal } from '../kernel/refusal.js';
import {
  type Pipeline,
  pipelinesOf,
  type Settings,
  type Stage,
  type StagedType,
} from '../settings/settings.js';
import type { StagePlace } from './staged-state.js';

/** Where a new record starts. */
export interface StartChoice {
  readonly pipelineId?: string;
  readonly stageId?: string;
}

/**
 * The place a new record starts at: the chosen pipeline, or the only one; the chosen stage, or the first.
 * @throws Refusal `pipeline_choice_needed` with the pipelines to choose from (PRODUCT.md P2), `unknown_pipeline`, `unknown_stage`
 */
export function startingPlace(
  type: StagedType,
  choice: StartChoice,
  settings: Settings,
): StagePlace {
  const pipeline = choosePipeline(type, choice.pipelineId, settings);
  if (choice.stageId !== undefined) {
    return { pipelineId: pipeline.id, stageId: stageIn(pipeline, choice.stageId).id };
  }
  const first = pipeline.stages.find((stage) => !stage.retired);
  if (!first) {
    throw new Refusal('rule', 'no_stage', 'The pipeline has no stage in use.', {
      errors: [{ path: 'pipelineId', code: 'no_stage', message: 'Choose a pipeline with stages.' }],
    });
  }
  return { pipelineId: pipeline.id, stageId: first.id };
}

function choosePipeline(type: StagedType, id: string | undefined, settings: Settings): Pipeline {
  const pipelines = pipelinesOf(settings, type);
  if (id !== undefined) {
    const chosen = pipelines.find((pipeline) => pipeline.id === id);
    if (chosen) return chosen;
    throw unknownPlace(
      'pipelineId',
      'unknown_pipeline',
      `There is no such ${type} pipeline in use.`,
    );
  }
  const [only, ...others] = pipelines;
  if (only && others.length === 0) return only;
  throw new Refusal('rule', 'pipeline_choice_needed', `Choose the ${type} pipeline.`, {
    errors: [
      { path: 'pipelineId', code: 'required', message: 'Several pipelines are configured.' },
    ],
    facts: { pipelines: pipelines.map((pipeline) => ({ id: pipeline.id, name: pipeline.name })) },
  });
}

/** A stage in use of a pipeline. @throws Refusal `unknown_stage` */
export function stageIn(pipeline: Pipeline, stageId: string): Stage {
  const stage = pipeline.stages.find(({ id, retired }) => id === stageId && !retired);
  if (stage) return stage;
  throw unknownPlace('stageId', 'unknown_stage', 'There is no such stage in use in the pipeline.');
}

/** A pipeline in use for the record type. @throws Refusal `unknown_pipeline` */
export function pipelineFor(
  type: StagedType,
  id: string | undefined,
  settings: Settings,
): Pipeline {
  const pipeline = pipelinesOf(settings, type).find((candidate) => candidate.id === id);
  if (pipeline) return pipeline;
  throw unknownPlace('pipelineId', 'unknown_pipeline', `There is no such ${type} pipeline in use.`);
}

function unknownPlace(path: string, code: string, message: string): Refusal {
  return new Refusal('rule', code, message, { errors: [{ path, code, message }] });
}
