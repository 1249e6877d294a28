import type { DecisionContext } from '../src/kernel/decider.js';
import type { LeadEvent } from '../src/lead/lead-events.js';
import { type OpportunityEvent, opportunityDecider } from '../src/opportunity/opportunity.js';
import {
  NO_SETTINGS,
  type Pipeline,
  type Settings,
  type Stage,
  type StagedType,
} from '../src/settings/settings.js';
import { given } from './given.js';

export function stage(id: string, part: Partial<Stage> = {}): Stage {
  return {
    id,
    name: id,
    probability: 0,
    marker: 'open',
    requiredFields: [],
    retired: false,
    ...part,
  };
}

export function pipeline(id: string, recordType: StagedType, stages: readonly Stage[]): Pipeline {
  return { id, recordType, name: id, stages, retired: false };
}

export const LOST = stage('lost', { marker: 'lost' });
export const SALES = pipeline('sales', 'opportunity', [
  stage('new', { probability: 10 }),
  stage('offer', { probability: 40, requiredFields: ['expectedRevenue'] }),
  stage('talks', { probability: 60 }),
  stage('old', { retired: true }),
  stage('won', { marker: 'won', probability: 100, requiredFields: ['expectedCloseDate'] }),
  LOST,
]);
export const PROJECTS = pipeline('projects', 'opportunity', [
  stage('start', { probability: 5 }),
  stage('done', { marker: 'won', probability: 100 }),
]);
export const LEADS = pipeline('leads', 'lead', [LOST, stage('new'), stage('qualified')]);

export function settings(...pipelines: readonly Pipeline[]): { readonly settings: Settings } {
  return { settings: { ...NO_SETTINGS, pipelines } };
}

export const BOTH = settings(SALES, PROJECTS, LEADS);
export const CAPTURED: OpportunityEvent = {
  type: 'OpportunityCaptured',
  data: {
    ...{ fields: { name: 'Camera' }, custom: {}, tags: [] },
    ...{ pipelineId: 'sales', stageId: 'new', stageProbability: 10 },
  },
};
export const LEAD_CAPTURED: LeadEvent = {
  type: 'LeadCaptured',
  data: { fields: {}, custom: {}, tags: [], pipelineId: 'leads', stageId: 'new' },
};

/** `CAPTURED` at minute 0; the decision is taken at minute 1,000. */
export function opportunity(
  events: readonly OpportunityEvent[] = [],
  context: Partial<DecisionContext> = BOTH,
) {
  return given(opportunityDecider, [CAPTURED, ...events], context);
}

export function moved(from: string, to: string, stoodMinutes: number): OpportunityEvent {
  return {
    type: 'OpportunityStageChanged',
    data: {
      from: { pipelineId: 'sales', stageId: from },
      to: { pipelineId: 'sales', stageId: to },
      stoodMs: stoodMinutes * 60_000,
      stageProbability: SALES.stages.find(({ id }) => id === to)?.probability ?? 0,
    },
  };
}

export const IN_TALKS = moved('new', 'talks', 1);
export const LOST_EVENT: OpportunityEvent = {
  type: 'OpportunityLost',
  data: { reason: 'Giá cao' },
};
