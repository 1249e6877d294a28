import type { Instant } from '../kernel/ids.js';
import type { RecordState } from '../record/record-state.js';
import type { StagedType } from '../settings/settings.js';

/** A place in a pipeline. */
export type StagePlace = { readonly pipelineId: string; readonly stageId: string };

/** Open until won or lost; a lead is never won, it is converted. */
export type Outcome = 'open' | 'won' | 'lost';

/** A record that moves through stages: leads and opportunities. */
export interface StagedState extends RecordState {
  readonly type: StagedType;
  readonly pipelineId?: string;
  readonly stageId?: string;
  /** Since when it stands in its stage. */
  readonly stageSince?: Instant;
  /** Of opportunities: what the stage is worth, 0–100, as it was set when the record came there. */
  readonly stageProbability?: number;
  /** Where it stood before: where it goes when it is reopened. */
  readonly previousPlace?: StagePlace;
  readonly outcome: Outcome;
  readonly lostReason?: string;
  readonly lostDetail?: string;
  /**
   * The closing date: when it was won or lost. A won record that moves on to another won stage keeps it, and a lost one whose reason is
   * put right; reopening clears it.
   */
  readonly closedAt?: Instant;
}

/** Whether a record's type moves through stages. */
export function isStaged(state: RecordState): state is StagedState {
  return state.type === 'lead' || state.type === 'opportunity';
}
