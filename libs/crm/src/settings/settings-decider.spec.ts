import { given } from '../../test/given.js';
import { defaultSettingsCommands } from './default-settings.js';
import { pipelinesOf, type Stage } from './settings.js';
import type {
  CustomFieldInput,
  DefinePipeline,
  SettingsCommand,
  StageInput,
} from './settings-commands.js';
import { settingsDecider } from './settings-decider.js';
import type { SettingsEvent } from './settings-events.js';

function stage(id: string, rest: Partial<Stage> = {}): Stage {
  return {
    id,
    name: id,
    probability: 0,
    marker: 'open',
    requiredFields: [],
    retired: false,
    ...rest,
  };
}

const STAGES = [stage('new'), stage('won', { marker: 'won', probability: 100 })];
const DEFINED: SettingsEvent = {
  type: 'PipelineDefined',
  data: { pipelineId: 'sales', recordType: 'opportunity', name: 'Bán hàng', stages: STAGES },
};
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
    [
      'two won stages',
      defineWith(
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B', marker: 'won' },
        { id: 'c', name: 'C', marker: 'won' },
      ),
      ['stages'],
    ],
  ])('refuses %s', (_what, command, paths) => {
    given(settingsDecider)
      .when(command)
      .refused('invalid_fields', ...paths);
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

  it('retire, but for the last open one', () => {
    given(settingsDecider, [DEFINED])
      .when({ kind: 'retire-stage', ...pipeline, stageId: 'won' })
      .decides({ type: 'PipelineStageRetired', data: { ...pipeline, stageId: 'won' } });
    given(settingsDecider, [DEFINED])
      .when({ kind: 'retire-stage', ...pipeline, stageId: 'new' })
      .refused('last_open_stage', 'stageId');
  });
});

const FIELD: CustomFieldInput = {
  recordType: 'lead',
  key: 'budget',
  type: 'select',
  label: { en: 'Budget', vi: 'Ngân sách' },
  options: ['Thấp', 'Cao'],
};
const FIELD_DEFINED: SettingsEvent = {
  type: 'CustomFieldDefined',
  data: {
    definition: {
      ...FIELD,
      options: ['Thấp', 'Cao'],
      required: false,
      matchKey: false,
      retired: false,
    },
  },
};
const budget = { recordType: 'lead', key: 'budget' } as const;

describe('a custom field', () => {
  it('is defined once', () => {
    const define = { kind: 'define-custom-field', definition: FIELD } as const;
    given(settingsDecider).when(define).decides(FIELD_DEFINED);
    given(settingsDecider, [FIELD_DEFINED]).when(define).decides();
    given(settingsDecider, [FIELD_DEFINED])
      .when({ ...define, definition: { ...FIELD, type: 'text', options: [] } })
      .refused('custom_field_exists', 'definition.key');
  });

  it('of one record type leaves the key free on another', () => {
    const { customFields } = given(settingsDecider, [FIELD_DEFINED])
      .when({ kind: 'define-custom-field', definition: { ...FIELD, recordType: 'contact' } })
      .after();
    expect(customFields.map(({ recordType }) => recordType)).toEqual(['lead', 'contact']);
  });

  it.each<[string, object, readonly string[]]>([
    ['an unknown record type', { recordType: 'toString' }, ['definition.recordType']],
    ['an unknown type', { type: 'json', options: [] }, ['definition.type']],
    ['the key of a default field', { key: 'email' }, ['definition.key']],
    ['a reserved key', { key: 'ownerId' }, ['definition.key']],
    ['a key of the language', { key: 'constructor' }, ['definition.key']],
    ['a key with a dot', { key: 'a.b' }, ['definition.key']],
    ['the key __proto__', { key: '__proto__' }, ['definition.key']],
    ['a key that starts with $', { key: '$where' }, ['definition.key']],
    ['a label in one language', { label: { en: 'Budget' } }, ['definition.label.vi']],
    ['a select without options', { options: [] }, ['definition.options']],
    ['options of a text', { type: 'text' }, ['definition.options']],
    ['an option twice', { options: ['Cao', 'Cao '] }, ['definition.options.1']],
    ['an empty option', { options: [''] }, ['definition.options.0']],
    ['a flag that is none', { required: 'yes' }, ['definition.required']],
  ])('is refused with %s', (_what, part, paths) => {
    given(settingsDecider)
      .when({ kind: 'define-custom-field', definition: { ...FIELD, ...part } })
      .refused('invalid_fields', ...paths);
  });

  it('that a conversion carries over may bear the name of a default field', () => {
    const definition = { ...FIELD, recordType: 'account', key: 'taxCode' } as const;
    const conversionId = '55555555-5555-4555-8555-555555555555';
    const { customFields } = given(settingsDecider)
      .when({ kind: 'define-custom-field', definition, conversionId })
      .after();
    expect(customFields).toHaveLength(1);
  });

  it('that a conversion carried over already is left as it became', () => {
    given(settingsDecider, [FIELD_DEFINED])
      .when({
        kind: 'define-custom-field',
        definition: { ...FIELD, label: { en: 'Other', vi: 'Khác' } },
        conversionId: '55555555-5555-4555-8555-555555555555',
      })
      .decides();
  });

  it('is edited but for its type', () => {
    given(settingsDecider, [FIELD_DEFINED])
      .when({ kind: 'edit-custom-field', ...budget, options: ['Cao'], required: true })
      .decides({
        type: 'CustomFieldEdited',
        data: {
          ...budget,
          changes: [
            { field: 'options', from: ['Thấp', 'Cao'], to: ['Cao'] },
            { field: 'required', from: false, to: true },
          ],
        },
      });
    given(settingsDecider, [FIELD_DEFINED])
      .when({ kind: 'edit-custom-field', ...budget, options: [] })
      .refused('invalid_fields', 'options');
  });

  it('retires once, and can come back with the same type', () => {
    const retired: SettingsEvent = { type: 'CustomFieldRetired', data: budget };
    const retire = { kind: 'retire-custom-field', ...budget } as const;
    given(settingsDecider, [FIELD_DEFINED]).when(retire).decides(retired);
    const after = given(settingsDecider, [FIELD_DEFINED, retired]);
    after.when(retire).decides();
    after
      .when({ kind: 'edit-custom-field', ...budget, required: true })
      .refused('custom_field_retired');
    after.when({ kind: 'define-custom-field', definition: FIELD }).decides(FIELD_DEFINED);
    after
      .when({ kind: 'define-custom-field', definition: { ...FIELD, type: 'multi-select' } })
      .refused('custom_field_exists', 'definition.key');
  });

  it('that is not there cannot be edited', () => {
    given(settingsDecider)
      .when({ kind: 'edit-custom-field', ...budget })
      .refused('custom_field_not_found');
  });
});

describe('required fields and general settings', () => {
  it('required fields are default fields, each once', () => {
    given(settingsDecider)
      .when({ kind: 'set-required-fields', recordType: 'lead', fields: ['email', 'email'] })
      .decides({
        type: 'RequiredFieldsChanged',
        data: { recordType: 'lead', from: [], to: ['email'] },
      });
    given(settingsDecider)
      .when({ kind: 'set-required-fields', recordType: 'lead', fields: ['email', 'toString'] })
      .refused('invalid_fields', 'fields.1');
  });

  it('required fields in another order are the same', () => {
    const event: SettingsEvent = {
      type: 'RequiredFieldsChanged',
      data: { recordType: 'lead', from: [], to: ['email', 'phones'] },
    };
    given(settingsDecider, [event])
      .when({ kind: 'set-required-fields', recordType: 'lead', fields: ['phones', 'email'] })
      .decides();
  });

  it('the phone region and the currency change together or alone', () => {
    given(settingsDecider)
      .when({ kind: 'change-general', currency: 'USD' })
      .decides({
        type: 'GeneralSettingsChanged',
        data: { changes: [{ field: 'currency', from: 'VND', to: 'USD' }] },
      });
    given(settingsDecider).when({ kind: 'change-general', phoneRegion: 'VN' }).decides();
    given(settingsDecider)
      .when({ kind: 'change-general', phoneRegion: 'XX', currency: 'vnd' })
      .refused('invalid_fields', 'phoneRegion', 'currency');
  });
});

describe('the default settings', () => {
  it('are accepted by an empty store, and a second time decide nothing', () => {
    const events: SettingsEvent[] = [];
    for (const command of defaultSettingsCommands()) {
      const { state } = given(settingsDecider, events);
      events.push(...settingsDecider.decide(state, command, {} as never));
    }
    const { state } = given(settingsDecider, events);
    expect(state.revision).toBe(1);
    expect(pipelinesOf(state, 'lead')).toHaveLength(1);
    expect(pipelinesOf(state, 'opportunity')).toHaveLength(1);
    for (const command of defaultSettingsCommands()) {
      given(settingsDecider, events).when(command).decides();
    }
  });
});
