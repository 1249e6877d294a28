import type { StagedType, StageMarker } from '../settings.js';

/** A stage to be set up. Left out: probability 100 when won, else 0 (won and lost ones have no other); marker `open`; no required fields. */
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
export type RestorePipeline = { readonly kind: 'restore-pipeline'; readonly pipelineId: string };
/** Without `index` the stage comes last. */
export type AddStage = {
  readonly kind: 'add-stage';
  readonly pipelineId: string;
  readonly stage: StageInput;
  readonly index?: number;
};
/** What is left out stays as it is; but with another marker and no probability, it gets that of a new stage. */
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
/** It takes records again where it stood among the others. */
export type RestoreStage = {
  readonly kind: 'restore-stage';
  readonly pipelineId: string;
  readonly stageId: string;
};

export type PipelineCommand =
  | DefinePipeline
  | RenamePipeline
  | RetirePipeline
  | RestorePipeline
  | AddStage
  | EditStage
  | ReorderStages
  | RetireStage
  | RestoreStage;
