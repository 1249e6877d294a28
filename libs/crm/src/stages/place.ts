import { Refusal } from '../kernel/refusal.js';
import { isEmptyValue } from '../record/field.js';
import { fieldValue, type RecordState } from '../record/record-state.js';
import { isRecordField } from '../settings/record-fields.js';
import {
  type Pipeline,
  pipelinesOf,
  type Settings,
  type Stage,
  type StagedType,
} from '../settings/settings.js';
import type { StagedState, StagePlace } from './staged-state.js';

type Values = Pick<RecordState, 'fields' | 'custom'>;

/** A stage of a pipeline. */
export interface StageInPipeline {
  readonly pipeline: Pipeline;
  readonly stage: Stage;
}

/** Where a new record starts, and what the stage is worth to an opportunity. */
export type StartingPlace = StagePlace & { readonly stageProbability?: number };

/** Where a new record is to start. */
export interface StartChoice {
  readonly pipelineId?: string;
  readonly stageId?: string;
}

/**
 * The place a new record starts at: the chosen pipeline, or the only one; the chosen stage, or the first open one. With
 * `values`, the stage's required fields must be among them.
 * @throws Refusal `pipeline_choice_needed` with the pipelines to choose from (PRODUCT.md P2), `unknown_pipeline`,
 * `unknown_stage`, `closed_stage`, `stage_requires_fields`
 */
export function startingPlace(
  type: StagedType,
  choice: StartChoice,
  settings: Settings,
  values?: Values,
): StartingPlace {
  const pipeline = choosePipeline(type, choice.pipelineId, settings);
  const stage = startingStage(pipeline, choice.stageId);
  if (values) refuseUnfilled(type, values, stage, settings);
  return {
    pipelineId: pipeline.id,
    stageId: stage.id,
    ...(type === 'opportunity' && { stageProbability: stage.probability }),
  };
}

function startingStage(pipeline: Pipeline, stageId: string | undefined): Stage {
  if (stageId !== undefined) {
    const chosen = stageIn(pipeline, stageId);
    if (chosen.marker !== 'won' && chosen.marker !== 'lost') return chosen;
    throw unknownPlace('stageId', 'closed_stage', 'A new record starts in an open stage.');
  }
  const first = pipeline.stages.find(({ marker, retired }) => marker === 'open' && !retired);
  if (first) return first;
  throw unknownPlace('pipelineId', 'no_stage', 'The pipeline has no open stage in use.');
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
function stageIn(pipeline: Pipeline, stageId: string): Stage {
  const stage = pipeline.stages.find(({ id, retired }) => id === stageId && !retired);
  if (stage) return stage;
  throw unknownPlace('stageId', 'unknown_stage', 'There is no such stage in use in the pipeline.');
}

/**
 * The stage that a record is to enter: in use, of a pipeline in use or of the one where the record stands already.
 * @throws Refusal `unknown_pipeline`, `unknown_stage`
 */
export function stageToEnter(
  state: Pick<StagedState, 'type' | 'pipelineId'>,
  to: { readonly pipelineId: string | undefined; readonly stageId: string },
  settings: Settings,
): StageInPipeline {
  const candidates =
    to.pipelineId === state.pipelineId ? settings.pipelines : pipelinesOf(settings, state.type);
  const pipeline = candidates.find(({ id }) => id === to.pipelineId);
  if (!pipeline) {
    const message = `There is no such ${state.type} pipeline in use.`;
    throw unknownPlace('pipelineId', 'unknown_pipeline', message);
  }
  return { pipeline, stage: stageIn(pipeline, to.stageId) };
}

/**
 * The fields that the stage needs and the values leave empty. A custom field that was retired since cannot be filled
 * and does not count.
 */
export function unfilled(
  type: StagedType,
  values: Values,
  stage: Stage,
  settings: Settings,
): readonly string[] {
  return stage.requiredFields
    .filter((field) => isRecordField(type, field, settings))
    .filter((field) => isEmptyValue(fieldValue(values, field)));
}

/**
 * Refuses while a field that the stage needs is empty.
 * @throws Refusal `stage_requires_fields`
 */
export function refuseUnfilled(
  type: StagedType,
  values: Values,
  stage: Stage,
  settings: Settings,
): void {
  const empty = unfilled(type, values, stage, settings);
  if (empty.length === 0) return;
  throw new Refusal('rule', 'stage_requires_fields', 'The stage needs fields that are empty.', {
    errors: empty.map((path) => ({
      path,
      code: 'required',
      message: 'The stage needs this field.',
    })),
  });
}

function unknownPlace(path: string, code: string, message: string): Refusal {
  return new Refusal('rule', code, message, { errors: [{ path, code, message }] });
}
