import type { Happened } from '../kernel/event.js';
import { withChanges } from './changes.js';
import type { CustomFieldDefinition, Pipeline, Settings, Stage } from './settings.js';
import type { CustomFieldDefined, SettingsEvent } from './settings-events.js';

/** Folds a settings event; each counts as one revision, known or not. */
export function evolveSettings(settings: Settings, event: Happened<SettingsEvent>): Settings {
  return { ...settings, ...partOf(settings, event), revision: settings.revision + 1 };
}

function partOf(settings: Settings, event: SettingsEvent): Partial<Settings> {
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
        stages: inOrder(stages, event.data.to),
      }));
    case 'PipelineStageRetired': {
      const { pipelineId, stageId } = event.data;
      return editStage(settings, pipelineId, stageId, (stage) => ({ ...stage, retired: true }));
    }
    case 'CustomFieldDefined':
      return { customFields: defined(settings, event.data) };
    case 'CustomFieldEdited':
      return editField(settings, event.data, (field) => withChanges(field, event.data.changes));
    case 'CustomFieldRetired':
      return editField(settings, event.data, (field) => ({ ...field, retired: true }));
    case 'RequiredFieldsChanged': {
      const { recordType, to } = event.data;
      return { requiredFields: { ...settings.requiredFields, [recordType]: to } };
    }
    case 'GeneralSettingsChanged': {
      const { phoneRegion, currency } = settings;
      return withChanges({ phoneRegion, currency }, event.data.changes);
    }
    default: {
      const unknown: never = event;
      void unknown;
      return {};
    }
  }
}

function editPipeline(
  { pipelines }: Settings,
  pipelineId: string,
  edit: (pipeline: Pipeline) => Partial<Pipeline>,
): Partial<Settings> {
  return {
    pipelines: pipelines.map((pipeline) =>
      pipeline.id === pipelineId ? { ...pipeline, ...edit(pipeline) } : pipeline,
    ),
  };
}

function editStage(
  settings: Settings,
  pipelineId: string,
  stageId: string,
  edit: (stage: Stage) => Stage,
): Partial<Settings> {
  return editPipeline(settings, pipelineId, ({ stages }) => ({
    stages: stages.map((stage) => (stage.id === stageId ? edit(stage) : stage)),
  }));
}

/** Stages as ordered; those that the order does not name (retired ones) keep their order behind them. */
function inOrder(stages: readonly Stage[], order: readonly string[]): readonly Stage[] {
  const ordered = order.flatMap((stageId) => stages.filter(({ id }) => id === stageId));
  return [...ordered, ...stages.filter(({ id }) => !order.includes(id))];
}

function defined(
  { customFields }: Settings,
  { definition }: CustomFieldDefined['data'],
): readonly CustomFieldDefinition[] {
  const others = customFields.filter(
    ({ recordType, key }) => recordType !== definition.recordType || key !== definition.key,
  );
  return [...others, definition];
}

function editField(
  { customFields }: Settings,
  { recordType, key }: Pick<CustomFieldDefinition, 'recordType' | 'key'>,
  edit: (field: CustomFieldDefinition) => CustomFieldDefinition,
): Partial<Settings> {
  return {
    customFields: customFields.map((field) =>
      field.recordType === recordType && field.key === key ? edit(field) : field,
    ),
  };
}
