import { withChanges } from '../parts/changes.js';
import { inOrder } from '../parts/order.js';
import { replaced } from '../parts/retirable.js';
import type { Pipeline, Settings, Stage } from '../settings.js';
import type { PipelineEvent } from './pipeline-events.js';

/** What an event of pipelines changes of the settings. */
export function evolvePipelines(settings: Settings, event: PipelineEvent): Partial<Settings> {
  switch (event.type) {
    case 'PipelineDefined': {
      const { pipelineId, recordType, name, stages } = event.data;
      const pipeline = { id: pipelineId, recordType, name, stages, retired: false };
      const others = settings.pipelines.filter(({ id }) => id !== pipelineId);
      return { pipelines: [...others, pipeline] };
    }
    case 'PipelineRenamed':
      return editPipeline(settings, event.data.pipelineId, () => ({ name: event.data.to }));
    case 'PipelineRetired':
      return editPipeline(settings, event.data.pipelineId, () => ({ retired: true }));
    case 'PipelineRestored':
      return editPipeline(settings, event.data.pipelineId, () => ({ retired: false }));
    case 'PipelineStageAdded': {
      const { pipelineId, stage, index } = event.data;
      return editPipeline(settings, pipelineId, ({ stages }) => ({
        stages: stages.toSpliced(index, 0, stage),
      }));
    }
    case 'PipelineStageEdited': {
      const { pipelineId, stageId, changes } = event.data;
      return editStage(settings, pipelineId, stageId, (stage) => withChanges(stage, changes));
    }
    case 'PipelineStagesReordered':
      return editPipeline(settings, event.data.pipelineId, ({ stages }) => ({
        stages: inOrder(stages, event.data.to, ({ id }) => id),
      }));
    case 'PipelineStageRetired':
    case 'PipelineStageRestored': {
      const retired = event.type === 'PipelineStageRetired';
      const { pipelineId, stageId } = event.data;
      return editStage(settings, pipelineId, stageId, (stage) => ({ ...stage, retired }));
    }
  }
}

function editPipeline(
  { pipelines }: Settings,
  pipelineId: string,
  edit: (pipeline: Pipeline) => Partial<Pipeline>,
): Partial<Settings> {
  return { pipelines: replaced(pipelines, pipelineId, (one) => ({ ...one, ...edit(one) })) };
}

function editStage(
  settings: Settings,
  pipelineId: string,
  stageId: string,
  edit: (stage: Stage) => Stage,
): Partial<Settings> {
  return editPipeline(settings, pipelineId, ({ stages }) => ({
    stages: replaced(stages, stageId, edit),
  }));
}
