import type { DomainEvent } from '../../kernel/event.js';
import { defineEvent } from '../../kernel/event-definition.js';
import type { SettingChange } from '../parts/changes.js';
import type { Stage, StagedType } from '../settings.js';

export type PipelineDefined = DomainEvent<
  'PipelineDefined',
  {
    readonly pipelineId: string;
    readonly recordType: StagedType;
    readonly name: string;
    readonly stages: readonly Stage[];
  }
>;
export type PipelineRenamed = DomainEvent<
  'PipelineRenamed',
  { readonly pipelineId: string; readonly from: string; readonly to: string }
>;
export type PipelineRetired = DomainEvent<'PipelineRetired', { readonly pipelineId: string }>;
export type PipelineRestored = DomainEvent<'PipelineRestored', { readonly pipelineId: string }>;
export type PipelineStageAdded = DomainEvent<
  'PipelineStageAdded',
  {
    readonly pipelineId: string;
    readonly stage: Stage;
    /** Place among the stages, from 0. */
    readonly index: number;
  }
>;
export type PipelineStageEdited = DomainEvent<
  'PipelineStageEdited',
  {
    readonly pipelineId: string;
    readonly stageId: string;
    readonly changes: readonly SettingChange[];
  }
>;
export type PipelineStagesReordered = DomainEvent<
  'PipelineStagesReordered',
  { readonly pipelineId: string; readonly from: readonly string[]; readonly to: readonly string[] }
>;
export type PipelineStageRetired = DomainEvent<
  'PipelineStageRetired',
  { readonly pipelineId: string; readonly stageId: string }
>;
export type PipelineStageRestored = DomainEvent<
  'PipelineStageRestored',
  { readonly pipelineId: string; readonly stageId: string }
>;

export type PipelineEvent =
  | PipelineDefined
  | PipelineRenamed
  | PipelineRetired
  | PipelineRestored
  | PipelineStageAdded
  | PipelineStageEdited
  | PipelineStagesReordered
  | PipelineStageRetired
  | PipelineStageRestored;

export const PIPELINE_EVENTS = [
  defineEvent('PipelineDefined', 'A pipeline was set up with its stages.'),
  defineEvent('PipelineRenamed', 'A pipeline got another name.'),
  defineEvent('PipelineRetired', 'A pipeline takes no new records.'),
  defineEvent('PipelineRestored', 'A retired pipeline takes records again.'),
  defineEvent('PipelineStageAdded', 'A stage was added to a pipeline.'),
  defineEvent(
    'PipelineStageEdited',
    'A stage got another name, probability, marker or required fields.',
  ),
  defineEvent('PipelineStagesReordered', 'The stages of a pipeline were put in another order.'),
  defineEvent('PipelineStageRetired', 'A stage takes no new records.'),
  defineEvent('PipelineStageRestored', 'A retired stage takes records again.'),
] as const;
