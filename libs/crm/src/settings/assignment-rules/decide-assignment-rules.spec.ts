import { ID } from '../../../test/given.js';
import { configured, field, RULE, SALES } from '../../../test/settings.js';
import type { SettingsCommand } from '../settings-commands.js';

const TEAM = { kind: 'team', teamId: ID, method: 'least-loaded', capacity: 20 } as const;
const LARGE = { ...RULE, ruleId: 'large', filter: {}, handler: TEAM } as const;
const edit = { kind: 'edit-assignment-rule', ruleId: 'cameras' } as const;
const retire = { kind: 'retire-assignment-rule', ruleId: 'cameras' } as const;
const order = (...ruleIds: readonly string[]) =>
  ({ kind: 'reorder-assignment-rules', ruleIds }) as const;

function handledBy(handler: object): SettingsCommand {
  return { ...RULE, handler } as SettingsCommand;
}
function when(filter: unknown): SettingsCommand {
  return { ...RULE, filter } as SettingsCommand;
}

describe('an assignment rule', () => {
  it('is added where it is to be asked, enabled, and the same again decides nothing', () => {
    const { ruleId: id, name, filter, handler } = RULE;
    const rule = { id, name, filter, handler, enabled: true, retired: false };
    configured(LARGE)
      .when({ ...RULE, index: 0 })
      .decides({ type: 'AssignmentRuleAdded', data: { rule, index: 0 } });
    const both = configured(LARGE, { ...RULE, index: 0 });
    expect(both.state.assignmentRules.map((one) => one.id)).toEqual(['cameras', 'large']);
    both.when(RULE).decides();
    both.when({ ...RULE, name: 'Khác' }).refused('assignment_rule_exists', 'ruleId');
  });

  it('is edited part by part', () => {
    configured(RULE)
      .when({ ...edit, handler: TEAM, enabled: false })
      .decides({
        type: 'AssignmentRuleEdited',
        data: {
          ruleId: 'cameras',
          changes: [
            { field: 'handler', from: RULE.handler, to: TEAM },
            { field: 'enabled', from: true, to: false },
          ],
        },
      });
  });

  it('is asked in another order', () => {
    const three = configured(RULE, LARGE, { ...LARGE, ruleId: 'rest' }, retire);
    expect(
      three
        .when(order('rest', 'large'))
        .after()
        .assignmentRules.map(({ id }) => id),
    ).toEqual(['rest', 'large', 'cameras']);
    three.when(order('large', 'rest')).decides();
    three.when(order('large')).refused('invalid_fields', 'ruleIds');
    three.when(order('large', 'rest', 'cameras')).refused('invalid_fields', 'ruleIds');
  });

  it('retires once, and its id is never taken again', () => {
    const retired = configured(RULE, retire);
    retired.when(retire).decides();
    retired.when({ ...edit, name: 'x' }).refused('assignment_rule_retired');
    retired.when(RULE).refused('assignment_rule_exists', 'ruleId');
    configured().when(retire).refused('assignment_rule_not_found');
  });

  it.each<[string, SettingsCommand, readonly string[]]>([
    ['a bad id', { ...RULE, ruleId: 'a.b' }, ['ruleId']],
    ['no name', { ...RULE, name: ' ' }, ['name']],
    ['a place that is none', { ...RULE, index: 2 }, ['index']],
    ['no handler', handledBy(null as never), ['handler']],
    ['a handler of no kind', handledBy({ kind: 'robot' }), ['handler.kind']],
    ['nobody', handledBy({ kind: 'user' }), ['handler.userId']],
    ['a user that is no id', handledBy({ kind: 'user', userId: 'Lan' }), ['handler.userId']],
    ['a capacity of a person', handledBy({ ...RULE.handler, capacity: 3 }), ['handler.capacity']],
    ['an unknown method', handledBy({ ...TEAM, method: 'dice' }), ['handler.method']],
    ['no capacity', handledBy({ ...TEAM, capacity: 0 }), ['handler.capacity']],
    ['half a capacity', handledBy({ ...TEAM, capacity: 1.5 }), ['handler.capacity']],
    ['a filter that is none', when('products'), ['filter']],
    ['an unknown operator', when({ name: { $where: '1' } }), ['filter.name.$where']],
    ['an unknown field', when({ nick: 'x' }), ['filter.nick']],
    ['a custom field of a lead', when({ 'custom.size': 1 }), ['filter.custom.size']],
    ['an empty alternative', when({ $or: [] }), ['filter.$or']],
    [
      'what is relative to now and no moment',
      when({ name: { $gt: { $daysAgo: 1 } } }),
      ['filter.name.$gt'],
    ],
    ['a day that is none', when({ expectedCloseDate: 'mai' }), ['filter.expectedCloseDate']],
  ])('is refused with %s', (_what, command, paths) => {
    configured(field('size', { recordType: 'lead' }))
      .when(command)
      .refused('invalid_fields', ...paths);
  });

  it.each<[string, object]>([
    ['all', {}],
    ['a condition relative to now', { expectedCloseDate: { $lt: { $daysAhead: 7 } } }],
    ['a nested condition', { $or: [{ need: 'x' }, { $and: [{ tags: 'VIP' }, { source: null }] }] }],
    ['a custom field', { 'custom.budget': { $gte: 5 } }],
    ['part of an amount', { 'expectedRevenue.amount': { $gt: 1_000 } }],
    ['days ahead', { expectedCloseDate: { $eq: { $daysAhead: 3 } } }],
    ['contained words', { name: { $regex: 'camera', $options: 'i' } }],
    ['a place', { pipelineId: 'sales', stageId: { $in: ['new'] } }],
  ])('takes a filter of %s', (_what, filter) => {
    const { assignmentRules } = configured(SALES, field('budget', { type: 'number' }))
      .when(when(filter))
      .after();
    expect(assignmentRules).toMatchObject([{ filter }]);
  });

  it('that is switched off can be renamed though what it names has gone, not switched on', () => {
    const off = configured(
      field('budget'),
      { ...RULE, filter: { 'custom.budget': 'x' }, enabled: false },
      { kind: 'retire-custom-field', recordType: 'opportunity', key: 'budget' },
    );
    expect(off.when({ ...edit, name: 'Khác' }).after().assignmentRules[0]?.name).toBe('Khác');
    off.when({ ...edit, enabled: true }).refused('unknown_reference', 'filter.custom.budget');
  });
});
