import type { Decider, DecisionContext } from '../kernel/decider.js';
import type { Uuid } from '../kernel/ids.js';
import { capturedData, decideRecord } from '../record/decide-record.js';
import { evolveRecord, touched } from '../record/evolve-record.js';
import type { RecordCommand } from '../record/record-commands.js';
import { absentRecord } from '../record/record-state.js';
import { decideStaged } from '../stages/decide-staged.js';
import { evolveStaged } from '../stages/evolve-staged.js';
import { startingPlace } from '../stages/place.js';
import type { CaptureStaged, StagedCommand } from '../stages/staged-commands.js';
import type { StagedState } from '../stages/staged-state.js';
import {
  completed,
  converted,
  type LeadConversions,
  undoCompleted,
  undone,
} from './lead-conversions.js';
import type { LeadEvent } from './lead-events.js';

export interface LeadState extends StagedState, LeadConversions {
  readonly type: 'lead';
}

export type LeadCommand =
  | CaptureStaged
  | Exclude<RecordCommand, { kind: 'capture' }>
  | StagedCommand;

/** The rules of a lead (PRODUCT.md P1, P5). Converting is planned in `conversion/`. */
export const leadDecider: Decider<LeadState, LeadCommand, LeadEvent> = {
  initial: (id: Uuid) => ({
    ...absentRecord('lead', id),
    outcome: 'open',
    conversions: [],
    pending: {},
  }),
  decide,
  evolve(state, event) {
    switch (event.type) {
      case 'LeadCaptured': {
        const { pipelineId, stageId } = event.data;
        const stageSince = event.metadata.occurredAt;
        return { ...evolveRecord(state, event), pipelineId, stageId, stageSince };
      }
      case 'LeadStageChanged':
      case 'LeadLost':
      case 'LeadReopened':
        return evolveStaged(state, event);
      case 'LeadConverted':
        return converted(touched(state, event), event);
      case 'LeadConversionCompleted':
        return completed(state, event.data.conversionId);
      case 'LeadConversionAbandoned':
        return state;
      case 'LeadConversionUndone':
        return undone(touched(state, event), event);
      case 'LeadConversionUndoCompleted':
        return undoCompleted(state, event);
      default:
        return evolveRecord(state, event);
    }
  },
};

function decide(
  state: LeadState,
  command: LeadCommand,
  context: DecisionContext,
): readonly LeadEvent[] {
  switch (command.kind) {
    case 'capture': {
      const data = capturedData(state, command, context);
      const place = startingPlace('lead', command, context.settings, data);
      return [{ type: 'LeadCaptured', data: { ...data, ...place } }];
    }
    case 'change-stage':
    case 'lose':
    case 'reopen':
      return decideStaged(state, command, context) as readonly LeadEvent[];
    default:
      return decideRecord(state, command, context) as readonly LeadEvent[];
  }
}
