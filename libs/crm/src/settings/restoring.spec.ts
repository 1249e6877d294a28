import {
  CALENDAR,
  configured,
  entry,
  eventsOf,
  field,
  PROJECTS,
  RECIPIENTS,
  RULE,
  SALES,
} from '../../test/settings.js';
import type { Settings } from './settings.js';
import type { SettingsCommand } from './settings-commands.js';

const SALES_PIPELINE = { pipelineId: 'sales' } as const;
const OFFER = { ...SALES_PIPELINE, stageId: 'offer' } as const;

/** How each kind is set up, retired, brought back, set up under the same name once more, and found. */
const KINDS: readonly [
  string,
  {
    readonly set: readonly SettingsCommand[];
    readonly retire: SettingsCommand;
    readonly restore: SettingsCommand;
    /** Where things of a kind are told apart by their names, and where that is said. */
    readonly again?: SettingsCommand;
    readonly path?: string;
    readonly event: object;
    readonly all: (settings: Settings) => readonly { readonly retired: boolean }[];
  },
][] = [
  [
    'a pipeline',
    {
      set: [SALES, PROJECTS],
      retire: { kind: 'retire-pipeline', ...SALES_PIPELINE },
      restore: { kind: 'restore-pipeline', ...SALES_PIPELINE },
      again: { ...SALES, pipelineId: 'again', name: 'bán  HÀNG' },
      path: 'name',
      event: { type: 'PipelineRestored', data: SALES_PIPELINE },
      all: ({ pipelines }) => pipelines,
    },
  ],
  [
    'a stage',
    {
      set: [SALES],
      retire: { kind: 'retire-stage', ...OFFER },
      restore: { kind: 'restore-stage', ...OFFER },
      again: { kind: 'add-stage', ...SALES_PIPELINE, stage: { id: 'again', name: 'BÁO GIÁ' } },
      path: 'stage.name',
      event: { type: 'PipelineStageRestored', data: OFFER },
      all: ({ pipelines }) => pipelines.flatMap(({ stages }) => stages),
    },
  ],
  [
    'a calendar',
    {
      set: [CALENDAR],
      retire: { kind: 'retire-calendar', calendarId: 'office' },
      restore: { kind: 'restore-calendar', calendarId: 'office' },
      again: { ...CALENDAR, calendarId: 'again', name: 'giờ hành chính' },
      path: 'name',
      event: { type: 'CalendarRestored', data: { calendarId: 'office' } },
      all: ({ calendars }) => calendars,
    },
  ],
  [
    'an assignment rule',
    {
      set: [{ ...RULE, ruleId: 'first', name: 'First' }, RULE],
      retire: { kind: 'retire-assignment-rule', ruleId: 'cameras' },
      restore: { kind: 'restore-assignment-rule', ruleId: 'cameras' },
      event: { type: 'AssignmentRuleRestored', data: { ruleId: 'cameras' } },
      all: ({ assignmentRules }) => assignmentRules,
    },
  ],
  [
    'a recipient rule',
    {
      set: [RECIPIENTS],
      retire: { kind: 'retire-recipient-rule', ruleId: 'large' },
      restore: { kind: 'restore-recipient-rule', ruleId: 'large' },
      event: { type: 'RecipientRuleRestored', data: { ruleId: 'large' } },
      all: ({ recipients }) => recipients,
    },
  ],
];

describe.each(KINDS)('%s', (_kind, { set, retire, restore, event, all }) => {
  it('is brought back as it was, once', () => {
    configured(...set)
      .when(restore)
      .decides();
    const retired = configured(...set, retire);
    expect(all(retired.state).some((one) => one.retired)).toBe(true);
    expect(eventsOf(...set, retire, restore).at(-1)).toEqual(event);
    expect(all(configured(...set, retire, restore).state)).toEqual(all(configured(...set).state));
  });
});

describe.each(KINDS.filter(([, { again }]) => again))('%s', (_kind, kind) => {
  it('is not called as another in use, however that is written', () => {
    const { set, retire, restore, again = restore, path = '' } = kind;
    const [code, at] = path === 'name' ? ['duplicate_name', path] : ['invalid_fields', 'stageId'];
    configured(...set)
      .when(again)
      .refused(code, path);
    configured(...set, retire, again)
      .when(restore)
      .refused(code, at);
  });
});

describe('what is brought back', () => {
  it('names what is there and in use', () => {
    const rule = { ...RULE, filter: { priority: 'Cao' } };
    const restore = { kind: 'restore-assignment-rule', ruleId: 'cameras' } as const;
    configured(
      entry('priority', 'Cao'),
      entry('priority', 'Thấp'),
      rule,
      { kind: 'retire-assignment-rule', ruleId: 'cameras' },
      { kind: 'retire-catalogue-entry', catalogue: 'priority', value: 'Cao' },
    )
      .when(restore)
      .refused('unknown_catalogue_value', 'filter.priority');
  });

  it('is one of several stages that mean won, where another took its place', () => {
    const won = (id: string): SettingsCommand => ({
      kind: 'add-stage',
      ...SALES_PIPELINE,
      stage: { id, name: id, marker: 'won' },
    });
    configured(
      SALES,
      won('won'),
      { kind: 'retire-stage', ...SALES_PIPELINE, stageId: 'won' },
      won('signed'),
    )
      .when({ kind: 'restore-stage', ...SALES_PIPELINE, stageId: 'won' })
      .decides({
        type: 'PipelineStageRestored',
        data: { pipelineId: SALES_PIPELINE.pipelineId, stageId: 'won' },
      });
  });

  it('is a stage of a pipeline in use', () => {
    configured(
      SALES,
      PROJECTS,
      { kind: 'retire-stage', ...OFFER },
      {
        kind: 'retire-pipeline',
        ...SALES_PIPELINE,
      },
    )
      .when({ kind: 'restore-stage', ...OFFER })
      .refused('pipeline_retired');
  });
});

describe('names that are there already', () => {
  it('hinder no other edit, and may be written otherwise', () => {
    configured(CALENDAR)
      .when({ kind: 'edit-calendar', calendarId: 'office', name: 'GIỜ HÀNH CHÍNH' })
      .after();
    configured(field('x'), SALES)
      .when({ kind: 'rename-pipeline', ...SALES_PIPELINE, name: 'BÁN HÀNG' })
      .after();
    configured(SALES)
      .when({
        kind: 'define-pipeline',
        pipelineId: 'leads',
        recordType: 'lead',
        name: SALES.name,
        stages: SALES.stages,
      })
      .after();
  });
});
