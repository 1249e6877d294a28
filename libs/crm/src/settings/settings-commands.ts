import type { Label } from '../record/field.js';
import type { RecordType } from '../record/record-type.js';
import type {
  CustomFieldDefinition,
  CustomFieldType,
  StagedType,
  StageMarker,
} from './settings.js';

/** A stage to be set up. Left out: probability 100 when won, else 0; marker `open`; no required fields. */
export type StageInput = {
  readonly id: string;
  readonly name: string;
  readonly probability?: number;
  readonly marker?: StageMarker;
  readonly requiredFields?: readonly string[];
};

export type DefinePipeline = {
  readonly kind: 'define-pipeline';
  readonly pipelineId: string;
  readonly recordType: StagedType;
  readonly name: string;
  readonly stages: readonly StageInput[];
};
export type RenamePipeline = {
  readonly kind: 'rename-pipeline';
  readonly pipelineId: string;
  readonly name: string;
};
export type RetirePipeline = { readonly kind: 'retire-pipeline'; readonly pipelineId: string };
/** Without `index` the stage comes last. */
export type AddStage = {
  readonly kind: 'add-stage';
  readonly pipelineId: string;
  readonly stage: StageInput;
  readonly index?: number;
};
/** What is left out stays as it is. */
export type EditStage = {
  readonly kind: 'edit-stage';
  readonly pipelineId: string;
  readonly stageId: string;
} & Partial<Omit<StageInput, 'id'>>;
/** Names every stage in use, once. */
export type ReorderStages = {
  readonly kind: 'reorder-stages';
  readonly pipelineId: string;
  readonly stageIds: readonly string[];
};
export type RetireStage = {
  readonly kind: 'retire-stage';
  readonly pipelineId: string;
  readonly stageId: string;
};

/** A custom field to be set up. Left out: no options, not required, no match key. */
export type CustomFieldInput = {
  readonly recordType: RecordType;
  readonly key: string;
  readonly type: CustomFieldType;
  readonly label: Label;
  readonly options?: readonly string[];
  readonly required?: boolean;
  readonly matchKey?: boolean;
};
export type DefineCustomField = {
  readonly kind: 'define-custom-field';
  readonly definition: CustomFieldInput;
  /** Set when a conversion carries the field over from another record type (PRODUCT.md P2). */
  readonly conversionId?: string;
};
/** What is left out stays as it is; the type stays for ever. Values under a removed option stay readable. */
export type EditCustomField = {
  readonly kind: 'edit-custom-field';
  readonly recordType: RecordType;
  readonly key: string;
} & Partial<Pick<CustomFieldDefinition, 'label' | 'options' | 'required' | 'matchKey'>>;
export type RetireCustomField = {
  readonly kind: 'retire-custom-field';
  readonly recordType: RecordType;
  readonly key: string;
};

export type SetRequiredFields = {
  readonly kind: 'set-required-fields';
  readonly recordType: RecordType;
  /** Names of default fields. */
  readonly fields: readonly string[];
};
export type ChangeGeneral = {
  readonly kind: 'change-general';
  readonly phoneRegion?: string;
  readonly currency?: string;
};

export type PipelineCommand =
  | DefinePipeline
  | RenamePipeline
  | RetirePipeline
  | AddStage
  | EditStage
  | ReorderStages
  | RetireStage;
export type CustomFieldCommand = DefineCustomField | EditCustomField | RetireCustomField;
export type SettingsCommand =
  | PipelineCommand
  | CustomFieldCommand
  | SetRequiredFields
  | ChangeGeneral;
