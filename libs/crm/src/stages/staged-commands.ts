import type { CaptureRecord, RawValues } from '../record/record-commands.js';
import type { Attachment } from '../record/record-state.js';

/** A capture with the place to start at; without one, the first stage of the only pipeline. */
export type CaptureStaged = CaptureRecord & {
  readonly pipelineId?: string;
  readonly stageId?: string;
};

/** A note and files that come with a change of stage or outcome and are recorded with it. */
export type WithNote = {
  readonly note?: string;
  readonly attachments?: readonly Attachment[];
};
export type ChangeStage = WithNote & {
  readonly kind: 'change-stage';
  /** Left out: the pipeline where the record stands. */
  readonly pipelineId?: string;
  readonly stageId: string;
  readonly reason?: string;
};
export type Lose = WithNote & {
  readonly kind: 'lose';
  readonly reason: string;
  readonly detail?: string;
};
export type Reopen = WithNote & { readonly kind: 'reopen'; readonly reason?: string };
/** `fields` are edited in the same step: what it was won for. */
export type Win = WithNote & { readonly kind: 'win'; readonly fields?: RawValues };

export type StagedCommand = ChangeStage | Lose | Reopen;
