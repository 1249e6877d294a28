import fc from 'fast-check';
import { OTHER_ID } from '../../../test/given.js';
import {
  CALENDAR,
  configured,
  entry,
  field,
  PROJECTS,
  RECIPIENTS,
  RULE,
  SALES,
  settingsAfter,
} from '../../../test/settings.js';
import { Refusal } from '../../kernel/refusal.js';
import { withEvent } from '../evolve-settings.js';
import { NO_SETTINGS, type Settings } from '../settings.js';
import type { SettingsCommand } from '../settings-commands.js';
import { decideSettings } from '../settings-decider.js';
import { checkReferences, newReferences } from './check-references.js';
import { referencesIn } from './references-in.js';

const HIGH = entry('priority', 'P1', { en: 'High', vi: 'Cao' });
const BASE: readonly SettingsCommand[] = [
  SALES,
  PROJECTS,
  CALENDAR,
  HIGH,
  entry('priority', 'P2'),
  field('budget'),
  field('colour', { type: 'select', options: ['Xanh', 'Đỏ'] }),
];
const POLICY: SettingsCommand = {
  kind: 'set-overdue-policy',
  policy: {
    entries: [
      { id: 'all', pipelineId: 'sales', priority: 'P1', calendarId: 'office', allowedMinutes: 60 },
    ],
  },
};
const retirePipeline = { kind: 'retire-pipeline', pipelineId: 'sales' } as const;
const offer = { pipelineId: 'sales', stageId: 'offer' } as const;
const retireStage = { kind: 'retire-stage', ...offer } as const;
const retireEntry = { kind: 'retire-catalogue-entry', catalogue: 'priority', value: 'P1' } as const;
const retireCalendar = { kind: 'retire-calendar', calendarId: 'office' } as const;
const retireField = {
  kind: 'retire-custom-field',
  recordType: 'opportunity',
  key: 'budget',
} as const;

const dropOption: SettingsCommand = {
  kind: 'edit-custom-field',
  recordType: 'opportunity',
  key: 'colour',
  options: ['Đỏ'],
};

const rule = (filter: object) => ({ ...RULE, filter }) as SettingsCommand;

describe('what something in force names', () => {
  it.each<[string, SettingsCommand, SettingsCommand, string]>([
    ['a pipeline, by the policy', POLICY, retirePipeline, 'overduePolicy.entries.all.pipelineId'],
    ['an entry, by the policy', POLICY, retireEntry, 'overduePolicy.entries.all.priority'],
    ['a calendar, by the policy', POLICY, retireCalendar, 'overduePolicy.entries.all.calendarId'],
    [
      'a pipeline, by a rule',
      rule({ pipelineId: 'sales' }),
      retirePipeline,
      'assignmentRules.cameras.filter.pipelineId',
    ],
    [
      'a stage, by a rule',
      rule({ $or: [{ pipelineId: 'sales', stageId: { $in: ['new', 'offer'] } }, { tags: 'x' }] }),
      retireStage,
      'assignmentRules.cameras.filter.$or.0.stageId',
    ],
    [
      'an entry, by a rule that says it is not so',
      rule({ priority: { $not: { $eq: 'P1' } } }),
      retireEntry,
      'assignmentRules.cameras.filter.priority',
    ],
    [
      'a custom field, by a rule',
      rule({ 'custom.budget': { $exists: true } }),
      retireField,
      'assignmentRules.cameras.filter.custom.budget',
    ],
    [
      'an option of a custom field, by a rule',
      rule({ 'custom.colour': { $in: ['Đỏ', 'Xanh'] } }),
      dropOption,
      'assignmentRules.cameras.filter.custom.colour',
    ],
    [
      'a custom field, by recipients',
      { ...RECIPIENTS, filter: { $nor: [{ 'custom.budget': 'x' }] } },
      retireField,
      'recipients.large.filter.$nor.0.custom.budget',
    ],
    [
      'a custom field, by a stage',
      { kind: 'edit-stage', ...offer, requiredFields: ['custom.budget'] },
      retireField,
      'pipelines.sales.stages.offer.requiredFields.0',
    ],
  ])('cannot be retired: %s', (_what, naming, retiring, path) => {
    const refusal = configured(...BASE, naming)
      .when(retiring)
      .refused('in_use', path);
    expect(refusal).toMatchObject({ kind: 'conflict', facts: { usedBy: [{ path }] } });
    // Without what names it, nothing hinders.
    expect(
      configured(...BASE)
        .when(retiring)
        .after().revision,
    ).toBe(BASE.length);
  });

  it.each<[string, readonly SettingsCommand[]]>([
    ['a rule that is switched off', [{ ...RULE, filter: { priority: 'P1' }, enabled: false }]],
    [
      'a rule that is retired',
      [rule({ priority: 'P1' }), { kind: 'retire-assignment-rule', ruleId: 'cameras' }],
    ],
    ['a policy that was', [POLICY, { kind: 'set-overdue-policy', policy: { entries: [] } }]],
    ['a condition that only starts with it', [rule({ priority: { $regex: '^P1' } })]],
  ])('is not what is named by %s', (_what, commands) => {
    const given = configured(...BASE, ...commands);
    const { catalogues } = given.when(retireEntry).after();
    expect(catalogues.priority[0]?.retired).toBe(true);
  });

  it('is a stage of that pipeline, where the condition says which', () => {
    const elsewhere = configured(...BASE, rule({ pipelineId: 'projects', stageId: 'offer' }));
    expect(elsewhere.when(retireStage).after().revision).toBe(BASE.length + 1);
    const anywhere = configured(...BASE, rule({ stageId: 'offer' }));
    expect(anywhere.when(retireStage).after().revision).toBe(BASE.length + 1);
  });

  it('may be a text of a catalogue that had no entries, which then gets others', () => {
    const free = configured(SALES, rule({ need: 'Camera' }));
    expect(free.when(entry('need', 'Khóa')).after().catalogues.need).toHaveLength(1);
  });
});

describe('what is not there', () => {
  it.each<[string, object, string, string]>([
    ['a pipeline', { pipelineId: { $ne: 'none' } }, 'unknown_reference', 'pipelineId'],
    ['a pipeline of leads', { pipelineId: 'leads' }, 'unknown_reference', 'pipelineId'],
    ['a stage', { stageId: 'none' }, 'unknown_reference', 'stageId'],
    [
      'a stage of another pipeline',
      { $and: [{ pipelineId: 'projects' }, { stageId: { $nin: ['talks'] } }] },
      'unknown_reference',
      '$and.1.stageId',
    ],
    ['an option', { 'custom.colour': 'Tím' }, 'unknown_reference', 'custom.colour'],
    ['an entry', { priority: 'P9' }, 'unknown_catalogue_value', 'priority'],
    ['an entry by its label', { priority: 'Cao' }, 'unknown_catalogue_value', 'priority'],
  ])('cannot be named by a rule: %s', (_what, filter, code, path) => {
    const { kind, facts } = configured(...BASE, {
      ...SALES,
      recordType: 'lead',
      pipelineId: 'leads',
    })
      .when(rule(filter))
      .refused(code, `filter.${path}`);
    expect(kind).toBe('rule');
    if (code === 'unknown_catalogue_value') {
      expect(facts).toEqual({ values: { 'filter.priority': ['P1', 'P2'] } });
    }
  });

  it('an entry that is retired cannot be named any more', () => {
    configured(...BASE, retireEntry)
      .when(rule({ priority: 'P1' }))
      .refused('unknown_catalogue_value', 'filter.priority');
  });
});

describe('what a change names newly', () => {
  const before = settingsAfter(...BASE, { ...RULE, enabled: false });

  it('is everything of a rule that is switched on', () => {
    const after = settingsAfter(...BASE, RULE);
    expect(newReferences(before, after)).toMatchObject([
      { within: 'handler.userId', target: { kind: 'user', userId: OTHER_ID } },
    ]);
  });

  it('is nothing when it is called otherwise, or switched off', () => {
    const renamed = settingsAfter(...BASE, { ...RULE, name: 'Khác', enabled: false });
    expect(newReferences(before, renamed)).toEqual([]);
    expect(newReferences(settingsAfter(...BASE, RULE), before)).toEqual([]);
  });
});

describe('whatever is set up and retired in whatever order', () => {
  const commands: readonly SettingsCommand[] = [
    POLICY,
    { kind: 'set-overdue-policy', policy: { entries: [] } },
    rule({ stageId: 'offer', priority: 'P1' }),
    { ...RECIPIENTS, filter: { 'custom.budget': 'x' } },
    { kind: 'edit-assignment-rule', ruleId: 'cameras', enabled: false },
    { kind: 'edit-assignment-rule', ruleId: 'cameras', enabled: true },
    { kind: 'edit-assignment-rule', ruleId: 'cameras', filter: { pipelineId: 'sales' } },
    { kind: 'edit-recipient-rule', ruleId: 'large', filter: {} },
    { kind: 'edit-stage', ...offer, requiredFields: ['custom.budget'] },
    { kind: 'retire-assignment-rule', ruleId: 'cameras' },
    { ...retireStage, pipelineId: 'projects' },
    { ...retireEntry, kind: 'restore-catalogue-entry' },
    { ...retirePipeline, kind: 'restore-pipeline' },
    { ...retireStage, kind: 'restore-stage' },
    { ...retireCalendar, kind: 'restore-calendar' },
    { kind: 'restore-assignment-rule', ruleId: 'cameras' },
    { kind: 'retire-recipient-rule', ruleId: 'large' },
    { kind: 'restore-recipient-rule', ruleId: 'large' },
    { kind: 'edit-recipient-rule', ruleId: 'large', filter: { 'custom.colour': 'Xanh' } },
    dropOption,
    ...[retirePipeline, retireStage, retireEntry, retireCalendar, retireField, field('budget')],
  ];

  it('what settings in force name is there', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 25 }), (tried) => {
        const settings = tried.reduce(after, settingsAfter(...BASE));
        const inForce = referencesIn(settings).filter((one) => one.inForce);
        const { assignmentRules: rules, ...rest } = settings;
        const enabled = { ...rest, assignmentRules: rules.filter((one) => one.enabled) };
        // To nothing at all, everything that is named is new, and has to be there.
        expect(() => checkReferences(NO_SETTINGS, enabled)).not.toThrow();
        expect(inForce).toEqual(referencesIn(enabled));
      }),
      { numRuns: 500 },
    );
  });
});

/** The settings after a command, the same when it is refused. */
function after(settings: Settings, command: SettingsCommand): Settings {
  try {
    return decideSettings(settings, command).reduce(withEvent, settings);
  } catch (error) {
    if (error instanceof Refusal) return settings;
    throw error;
  }
}
