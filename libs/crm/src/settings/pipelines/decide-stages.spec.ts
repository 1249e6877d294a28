import { given } from '../../../test/given.js';
import { stage } from '../../../test/opportunities.js';
import { DEFINED } from '../../../test/pipelines.js';
import { settingsDecider } from '../settings-decider.js';
import type { SettingsEvent } from '../settings-events.js';

const pipeline = { pipelineId: 'sales' };

describe('the stages of a pipeline', () => {
  it('take a new one at its place', () => {
    const { pipelines } = given(settingsDecider, [DEFINED])
      .when({ kind: 'add-stage', ...pipeline, stage: { id: 'offer', name: 'Báo giá' }, index: 1 })
      .after();
    expect(pipelines[0]?.stages.map(({ id }) => id)).toEqual(['new', 'offer', 'won']);
  });

  it('take it last without a place, and the same again decides nothing', () => {
    const added = stage('offer', { name: 'Báo giá' });
    const event: SettingsEvent = {
      type: 'PipelineStageAdded',
      data: { ...pipeline, stage: added, index: 2 },
    };
    const add = {
      kind: 'add-stage',
      ...pipeline,
      stage: { id: 'offer', name: 'Báo giá' },
    } as const;
    given(settingsDecider, [DEFINED]).when(add).decides(event);
    given(settingsDecider, [DEFINED, event]).when(add).decides();
  });

  it('refuse a second of one id, and a place that is none', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'add-stage', ...pipeline, stage: { id: 'new', name: 'Khác' }, index: 9 })
      .refused('invalid_fields', 'index', 'stage.id');
  });

  it('are edited part by part', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'edit-stage', ...pipeline, stageId: 'new', name: 'Mới', probability: 10 })
      .decides({
        type: 'PipelineStageEdited',
        data: {
          ...pipeline,
          stageId: 'new',
          changes: [
            { field: 'name', from: 'new', to: 'Mới' },
            { field: 'probability', from: 0, to: 10 },
          ],
        },
      });
  });

  it('edited to what they are decide nothing', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'edit-stage', ...pipeline, stageId: 'new', name: 'new', requiredFields: [] })
      .decides();
  });

  it('refuse a marker that would leave no open one', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'edit-stage', ...pipeline, stageId: 'new', marker: 'lost' })
      .refused('invalid_fields', 'marker');
  });

  it('are put in another order', () => {
    const order = { kind: 'reorder-stages', ...pipeline, stageIds: ['won', 'new'] } as const;
    const { pipelines } = given(settingsDecider, [DEFINED]).when(order).after();
    expect(pipelines[0]?.stages.map(({ id }) => id)).toEqual(['won', 'new']);
    given(settingsDecider, [DEFINED])
      .when({ ...order, stageIds: ['new', 'won'] })
      .decides();
  });

  it.each([[['new']], [['new', 'new']], [['new', 'won', 'x']]])(
    'refuse the order %j',
    (stageIds) => {
      given(settingsDecider, [DEFINED])
        .when({ kind: 'reorder-stages', ...pipeline, stageIds })
        .refused('invalid_fields', 'stageIds');
    },
  );

  it('are worth 100 when won and 0 when lost, and what is said while they are open', () => {
    const edit = { kind: 'edit-stage', ...pipeline } as const;
    const offer = {
      kind: 'add-stage',
      ...pipeline,
      stage: stage('offer', { probability: 40 }),
    } as const;
    const { pipelines } = given(settingsDecider, [DEFINED]).when(offer).after();
    expect(pipelines[0]?.stages.at(-1)?.probability).toBe(40);
    const given40: SettingsEvent = {
      type: 'PipelineStageAdded',
      data: { ...pipeline, stage: offer.stage, index: 2 },
    };
    const lost = given(settingsDecider, [DEFINED, given40])
      .when({ ...edit, stageId: 'offer', marker: 'lost' })
      .after();
    expect(lost.pipelines[0]?.stages.at(-1)).toMatchObject({ marker: 'lost', probability: 0 });
    given(settingsDecider, [DEFINED])
      .when({ ...edit, stageId: 'won', probability: 10 })
      .refused('invalid_fields', 'probability');
    given(settingsDecider, [DEFINED])
      .when({ ...offer, stage: { id: 'lost', name: 'Mất', marker: 'lost', probability: 90 } })
      .refused('invalid_fields', 'stage.probability');
  });

  it('retire, but for the last open one', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'retire-stage', ...pipeline, stageId: 'won' })
      .decides({ type: 'PipelineStageRetired', data: { ...pipeline, stageId: 'won' } });
    given(settingsDecider, [DEFINED])
      .when({ kind: 'retire-stage', ...pipeline, stageId: 'new' })
      .refused('last_open_stage', 'stageId');
  });
});
