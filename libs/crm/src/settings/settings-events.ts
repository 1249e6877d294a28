import type { DomainEvent } from '../kernel/event.js';
import { defineEvent } from '../kernel/event-definition.js';
import type { RecordType } from '../record/record-type.js';
import type { CustomFieldDefinition, Stage, StagedType } from './settings.js';

type Changes = readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];

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
export type PipelineStageAdded = DomainEvent<
  'PipelineStageAdded',
  {
    readonly pipelineId: string;
    readonly stage: Stage /** Place among the stages, from 0. */;
    readonly index: number;
  }
>;
export type PipelineStageEdited = DomainEvent<
  'PipelineStageEdited',
  { readonly pipelineId: string; readonly stageId: string; readonly changes: Changes }
>;
export type PipelineStagesReordered = DomainEvent<
  'PipelineStagesReordered',
  { readonly pipelineId: string; readonly from: readonly string[]; readonly to: readonly string[] }
>;
export type PipelineStageRetired = DomainEvent<
  'PipelineStageRetired',
  { readonly pipelineId: string; readonly stageId: string }
>;
export type CustomFieldDefined = DomainEvent<
  'CustomFieldDefined',
  {
    readonly definition: CustomFieldDefinition;
    /** Set when a conversion carried it over, or a merge did. */
    readonly conversionId?: string;
    readonly mergeId?: string;
  }
>;
export type CustomFieldEdited = DomainEvent<
  'CustomFieldEdited',
  { readonly recordType: RecordType; readonly key: string; readonly changes: Changes }
>;
export type CustomFieldRetired = DomainEvent<
  'CustomFieldRetired',
  { readonly recordType: RecordType; readonly key: string }
>;
export type RequiredFieldsChanged = DomainEvent<
  'RequiredFieldsChanged',
  {
    readonly recordType: RecordType;
    readonly from: readonly string[];
    readonly to: readonly string[];
  }
>;
export type GeneralSettingsChanged = DomainEvent<
  'GeneralSettingsChanged',
  { readonly changes: Changes }
>;

export type SettingsEvent =
  | PipelineDefined
  | PipelineRenamed
  | PipelineRetired
  | PipelineStageAdded
  | PipelineStageEdited
  | PipelineStagesReordered
  | PipelineStageRetired
  | CustomFieldDefined
  | CustomFieldEdited
  | CustomFieldRetired
  | RequiredFieldsChanged
  | GeneralSettingsChanged;

export const SETTINGS_EVENTS = [
  defineEvent('PipelineDefined', 'A pipeline was set up with its stages.'),
  defineEvent('PipelineRenamed', 'A pipeline got another name.'),
  defineEvent('PipelineRetired', 'A pipeline takes no new records.'),
  defineEvent('PipelineStageAdded', 'A stage was added to a pipeline.'),
  defineEvent(
    'PipelineStageEdited',
    'A stage got another name, probability, marker or required fields.',
  ),
  defineEvent('PipelineStagesReordered', 'The stages of a pipeline were put in another order.'),
  defineEvent('PipelineStageRetired', 'A stage takes no new records.'),
  defineEvent('CustomFieldDefined', 'A custom field was added to a record type.'),
  defineEvent('CustomFieldEdited', 'A custom field got another label, options or requirement.'),
  defineEvent('CustomFieldRetired', 'A custom field takes no new values.'),
  defineEvent('RequiredFieldsChanged', 'Other default fields of a record type became required.'),
  defineEvent('GeneralSettingsChanged', 'The default phone region or currency changed.'),
] as const;
