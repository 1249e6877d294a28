import type { SettingsEvent } from '../src/settings/settings-events.js';
import { stage } from './opportunities.js';

const STAGES = [stage('new'), stage('won', { marker: 'won', probability: 100 })];

/** A pipeline of two stages. */
export const DEFINED: SettingsEvent = {
  type: 'PipelineDefined',
  data: { pipelineId: 'sales', recordType: 'opportunity', name: 'Bán hàng', stages: STAGES },
};
