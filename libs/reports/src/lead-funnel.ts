import type { Recorded, StageChangedData } from '#crm';
import type { Report } from './report.port.js';

interface Reached {
  /** How many leads ever entered the stage, each counted once. */
  entered: number;
  /** How many stand there now. */
  standing: number;
}

interface LeadInFunnel {
  stage: string;
  readonly seen: Set<string>;
  /** Conversions that stand. */
  readonly conversions: Set<string>;
  outcome: 'open' | 'lost' | 'deleted';
}

export interface LeadFunnelState {
  readonly leads: Map<string, LeadInFunnel>;
  readonly stages: Map<string, Reached>;
  captured: number;
  converted: number;
  lost: number;
}

/** Lead funnel and conversion rate (PRODUCT.md P9): how many leads entered each stage, stand there, and are converted; an undone conversion does not count. */
export const leadFunnel: Report<LeadFunnelState> = {
  name: 'lead-funnel',
  label: { en: 'Lead funnel', vi: 'Phễu khách hàng tiềm năng' },
  prefixes: ['lead-'],
  initial: () => ({ leads: new Map(), stages: new Map(), captured: 0, converted: 0, lost: 0 }),
  evolve(state, event) {
    switch (event.type) {
      case 'LeadCaptured':
        return captured(state, event);
      case 'LeadStageChanged':
        return moved(state, event);
      case 'LeadConverted':
      case 'LeadConversionUndone':
        return settled(state, event, (lead) => converted(state, lead, event));
      case 'LeadLost':
        return settled(state, event, (lead) => outcome(state, lead, 'lost'));
      case 'LeadReopened':
      case 'LeadRestored':
        return settled(state, event, (lead) => outcome(state, lead, 'open'));
      case 'LeadDeleted':
        return settled(state, event, (lead) => outcome(state, lead, 'deleted'));
      default:
        return state;
    }
  },
  table(state) {
    const rows = [...state.stages].map(([stage, { entered, standing }]) => ({
      stage,
      entered,
      standing,
      share: state.captured === 0 ? null : entered / state.captured,
    }));
    const share = state.captured === 0 ? null : state.converted / state.captured;
    return {
      name: 'lead-funnel',
      columns: [
        { key: 'stage', label: { en: 'Stage', vi: 'Giai đoạn' }, kind: 'text' },
        { key: 'entered', label: { en: 'Entered', vi: 'Đã vào' }, kind: 'count' },
        { key: 'standing', label: { en: 'Standing', vi: 'Đang ở' }, kind: 'count' },
        { key: 'share', label: { en: 'Share of captured', vi: 'Tỷ lệ' }, kind: 'share' },
      ],
      rows: [
        ...rows,
        { stage: '(converted)', entered: state.converted, standing: null, share },
        { stage: '(lost)', entered: state.lost, standing: state.lost, share: null },
      ],
    };
  },
};

function captured(state: LeadFunnelState, event: Recorded): LeadFunnelState {
  const { pipelineId = '', stageId = '' } = event.data as { pipelineId?: string; stageId?: string };
  const added: LeadInFunnel = {
    ...{ stage: '', seen: new Set(), conversions: new Set(), outcome: 'open' },
  };
  state.leads.set(event.stream, added);
  state.captured += 1;
  enter(state, added, `${pipelineId}/${stageId}`);
  return state;
}

function moved(state: LeadFunnelState, event: Recorded): LeadFunnelState {
  const { to } = event.data as StageChangedData;
  return settled(state, event, (lead) => enter(state, lead, `${to.pipelineId}/${to.stageId}`));
}

function converted(state: LeadFunnelState, { conversions }: LeadInFunnel, event: Recorded): void {
  const { conversionId } = event.data as { readonly conversionId: string };
  const before = conversions.size > 0;
  if (event.type === 'LeadConverted') conversions.add(conversionId);
  else conversions.delete(conversionId);
  state.converted += Number(conversions.size > 0) - Number(before);
}

function settled(
  state: LeadFunnelState,
  event: Recorded,
  change: (lead: LeadInFunnel) => void,
): LeadFunnelState {
  const lead = state.leads.get(event.stream);
  if (lead) change(lead);
  return state;
}

function enter(state: LeadFunnelState, lead: LeadInFunnel, stage: string): void {
  stand(state, lead, -1);
  lead.stage = stage;
  stand(state, lead, 1);
  if (lead.seen.has(stage)) return;
  lead.seen.add(stage);
  reached(state, stage).entered += 1;
}

function outcome(state: LeadFunnelState, lead: LeadInFunnel, next: LeadInFunnel['outcome']): void {
  stand(state, lead, -1);
  if (lead.outcome === 'lost') state.lost -= 1;
  lead.outcome = next;
  if (next === 'lost') state.lost += 1;
  stand(state, lead, 1);
}

/** Only an open lead stands in its stage. */
function stand(state: LeadFunnelState, lead: LeadInFunnel, by: number): void {
  if (lead.stage !== '' && lead.outcome === 'open') reached(state, lead.stage).standing += by;
}

function reached(state: LeadFunnelState, stage: string): Reached {
  const known = state.stages.get(stage);
  if (known) return known;
  const fresh = { entered: 0, standing: 0 };
  state.stages.set(stage, fresh);
  return fresh;
}
