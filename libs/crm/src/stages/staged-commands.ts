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
/** Values that are edited in the same step, such as those that the stage requires. */
export type WithValues = {
  readonly fields?: RawValues;
  readonly custom?: RawValues;
};
/** What comes with a change of stage or outcome: recorded with it, or not at all. */
type Accompanied = WithNote & WithValues;
export type ChangeStage = Accompanied & {
  readonly kind: 'change-stage';
  /** Left out: the pipeline where the record stands. */
  readonly pipelineId?: string;
  readonly stageId: string;
  readonly reason?: string;
};
export type Lose = Accompanied & {
  readonly kind: 'lose';
  readonly reason: string;
  readonly detail?: string;
};
export type Reopen = Accompanied & { readonly kind: 'reopen'; readonly reason?: string };
export type Win = Accompanied & { readonly kind: 'win' };

export type StagedCommand = ChangeStage | Lose | Reopen;
