import type { Timed } from '../deadlines/deadline.js';
import { type DeadlineEvent, deadlineEventDefinitions } from '../deadlines/deadline-events.js';
import {
  type ApplyOverduePolicy,
  type DeadlineCommand,
  decideDeadline,
} from '../deadlines/decide-deadline.js';
import { evolveDeadline, isDeadlineEvent } from '../deadlines/evolve-deadline.js';
import { countOpportunity, opportunityDeadlines } from '../deadlines/opportunity-deadline.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import type { Happened } from '../kernel/event.js';
import { defineEvent } from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';
import { capturedData, decideRecord } from '../record/decide-record.js';
import { evolveRecord, touched } from '../record/evolve-record.js';
import type { RecordCommand } from '../record/record-commands.js';
import { type RecordEvent, recordEventDefinitions } from '../record/record-events.js';
import { absentRecord } from '../record/record-state.js';
import { requireLive } from '../record/require-live.js';
import { decideStaged } from '../stages/decide-staged.js';
import { evolveStaged } from '../stages/evolve-staged.js';
import { startingPlace } from '../stages/place.js';
import type { CaptureStaged, StagedCommand, Win } from '../stages/staged-commands.js';
import { type StagedEvent, stagedEventDefinitions } from '../stages/staged-events.js';
import type { StagedState } from '../stages/staged-state.js';
import { OPPORTUNITY_FIELDS } from './opportunity-fields.js';

export interface OpportunityState extends StagedState, Timed {
  readonly type: 'opportunity';
}
type CaredForEvent = RecordEvent<'Opportunity'> | StagedEvent<'Opportunity'>;
export type OpportunityEvent = CaredForEvent | DeadlineEvent<'Opportunity'>;
export type OpportunityCommand =
  | CaptureStaged
  | Exclude<RecordCommand, { kind: 'capture' }>
  | StagedCommand
  | Win
  | DeadlineCommand
  | ApplyOverduePolicy;

export const OPPORTUNITY_EVENTS = [
  ...recordEventDefinitions('Opportunity', OPPORTUNITY_FIELDS),
  ...stagedEventDefinitions('Opportunity'),
  defineEvent('OpportunityWon', 'The opportunity was won.'),
  ...deadlineEventDefinitions('Opportunity'),
];

/** The rules of an opportunity (PRODUCT.md P1, P5, P6). */
export const opportunityDecider: Decider<OpportunityState, OpportunityCommand, OpportunityEvent> = {
  initial: (id: Uuid) => ({ ...absentRecord('opportunity', id), outcome: 'open' }),
  decide,
  evolve(state, event) {
    if (isDeadlineEvent(event)) {
      const isSeen = event.type !== 'OpportunityDeadlineSet';
      return { ...(isSeen ? touched(state, event) : state), ...evolveDeadline(state, event) };
    }
    return countOpportunity(state, evolveCare(state, event as Happened<CaredForEvent>), event);
  },
  followUp: opportunityDeadlines.followUp,
};

function evolveCare(state: OpportunityState, event: Happened<CaredForEvent>): OpportunityState {
  switch (event.type) {
    case 'OpportunityCaptured': {
      const { pipelineId, stageId, stageProbability } = event.data;
      const place = { pipelineId, stageId, stageProbability };
      return { ...evolveRecord(state, event), ...place, stageSince: event.metadata.occurredAt };
    }
    case 'OpportunityStageChanged':
    case 'OpportunityWon':
    case 'OpportunityLost':
    case 'OpportunityReopened':
      return evolveStaged(state, event);
    default:
      return evolveRecord(state, event);
  }
}

function decide(
  state: OpportunityState,
  command: OpportunityCommand,
  context: DecisionContext,
): readonly OpportunityEvent[] {
  switch (command.kind) {
    case 'capture': {
      const data = capturedData(state, command, context);
      const place = startingPlace('opportunity', command, context.settings, data);
      return [{ type: 'OpportunityCaptured', data: { ...data, ...place } }];
    }
    case 'win':
    case 'change-stage':
    case 'lose':
    case 'reopen':
      return decideStaged(state, command, context) as readonly OpportunityEvent[];
    case 'snooze-deadline':
    case 'handle-deadline':
      requireLive(state);
      return decideDeadline('Opportunity', state, command, context);
    case 'apply-overdue-policy':
      return opportunityDeadlines.applyPolicy(state, context);
    default:
      return decideRecord(state, command, context) as readonly OpportunityEvent[];
  }
}
