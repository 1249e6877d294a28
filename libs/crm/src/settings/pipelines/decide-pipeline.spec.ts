import { given } from '../../../test/given.js';
import { DEFINED } from '../../../test/pipelines.js';
import { pipelinesOf, type Stage } from '../settings.js';
import type { SettingsCommand } from '../settings-commands.js';
import { settingsDecider } from '../settings-decider.js';
import type { SettingsEvent } from '../settings-events.js';
import type { DefinePipeline, StageInput } from './pipeline-commands.js';

const DEFINE: DefinePipeline = {
  kind: 'define-pipeline',
  pipelineId: 'sales',
  recordType: 'opportunity',
  name: 'Bán hàng',
  stages: [
    { id: 'new', name: 'new' },
    { id: 'won', name: 'won', marker: 'won' },
  ],
};
const pipeline = { pipelineId: 'sales' };

function defineWith(...stages: readonly StageInput[]): DefinePipeline {
  return { ...DEFINE, stages };
}

describe('defining a pipeline', () => {
  it('records it in full', () => {
    given(settingsDecider).when(DEFINE).decides(DEFINED);
  });

  it('the same again decides nothing', () => {
    given(settingsDecider, [DEFINED]).when(DEFINE).decides();
  });

  it('refuses another under the same id', () => {
    given(settingsDecider, [DEFINED])
      .when({ ...DEFINE, name: 'Khác' })
      .refused('pipeline_exists', 'pipelineId');
  });

  it.each<[string, SettingsCommand, readonly string[]]>([
    ['a bad id', { ...DEFINE, pipelineId: 'Bán hàng' }, ['pipelineId']],
    ['no name', { ...DEFINE, name: ' ' }, ['name']],
    ['no stage', defineWith(), ['stages']],
    ['no open stage', defineWith({ id: 'won', name: 'Won', marker: 'won' }), ['stages']],
    [
      'two stages of one id',
      defineWith({ id: 'new', name: 'A' }, { id: 'new', name: 'B' }),
      ['stages.1.id'],
    ],
    [
      'a marker of leads',
      defineWith({ id: 'new', name: 'A' }, { id: 'b', name: 'B', marker: 'complete-lead' }),
      ['stages.1.marker'],
    ],
    [
      'a probability over 100',
      defineWith({ id: 'a', name: 'A', probability: 101 }),
      ['stages.0.probability'],
    ],
    [
      'a required field that is none',
      defineWith({ id: 'a', name: 'A', requiredFields: ['name', 'nick', 'custom.none'] }),
      ['stages.0.requiredFields.1', 'stages.0.requiredFields.2'],
    ],
  ])('refuses %s', (_what, command, paths) => {
    given(settingsDecider)
      .when(command)
      .refused('invalid_fields', ...paths);
  });

  it('takes several won and lost stages', () => {
    const marked = (id: string, marker: Stage['marker']) => ({ id, name: id, marker });
    const stages = [
      ...[{ id: 'a', name: 'A' }, marked('deposit', 'won'), marked('paid', 'won')],
      ...[marked('refused', 'lost'), marked('gone', 'lost')],
    ];
    const { pipelines } = given(settingsDecider)
      .when(defineWith(...stages))
      .after();
    expect(pipelines[0]?.stages.map(({ marker }) => marker)).toEqual([
      ...['open', 'won', 'won', 'lost', 'lost'],
    ]);
  });

  it('refuses a won stage on a lead pipeline, and allows a lost one', () => {
    const open = { id: 'a', name: 'A' };
    given(settingsDecider)
      .when({ ...defineWith(open, { id: 'b', name: 'B', marker: 'won' }), recordType: 'lead' })
      .refused('invalid_fields', 'stages.1.marker');
    const lead = given(settingsDecider)
      .when({ ...defineWith(open, { id: 'b', name: 'B', marker: 'lost' }), recordType: 'lead' })
      .after();
    expect(pipelinesOf(lead, 'lead')).toHaveLength(1);
  });
});

describe('changing a pipeline', () => {
  it('renames it', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'rename-pipeline', ...pipeline, name: ' Dự án ' })
      .decides({ type: 'PipelineRenamed', data: { ...pipeline, from: 'Bán hàng', to: 'Dự án' } });
  });

  it('to the name it has decides nothing', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'rename-pipeline', ...pipeline, name: 'Bán hàng' })
      .decides();
  });

  it('that is not there is refused', () => {
    given(settingsDecider)
      .when({ kind: 'retire-pipeline', ...pipeline })
      .refused('pipeline_not_found');
  });

  it('keeps the last of a record type', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'retire-pipeline', ...pipeline })
      .refused('last_pipeline', 'pipelineId');
  });

  it('retires one of two, once', () => {
    const other: SettingsEvent = {
      ...DEFINED,
      data: { ...DEFINED.data, pipelineId: 'b' },
    } as SettingsEvent;
    const retired = given(settingsDecider, [DEFINED, other]);
    retired
      .when({ kind: 'retire-pipeline', ...pipeline })
      .decides({ type: 'PipelineRetired', data: pipeline });
    const after: SettingsEvent[] = [DEFINED, other, { type: 'PipelineRetired', data: pipeline }];
    given(settingsDecider, after)
      .when({ kind: 'retire-pipeline', ...pipeline })
      .decides();
    given(settingsDecider, after)
      .when({ kind: 'rename-pipeline', ...pipeline, name: 'A' })
      .refused('pipeline_retired');
  });
});
