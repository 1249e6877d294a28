import { ACTOR, happened, ID, START } from '../../test/given.js';
import { CAPTURED } from '../../test/opportunities.js';
import type { JsonObject } from '../kernel/json.js';
import { opportunityDecider } from '../opportunity/opportunity.js';
import type {
  AssignmentHandler,
  AssignmentRule,
} from '../settings/assignment-rules/assignment-rule.js';
import { type CustomFieldDefinition, NO_SETTINGS } from '../settings/settings.js';
import { chooseRule } from './choose-rule.js';
import type { Roster } from './roster.js';

const NORTH: AssignmentHandler = { kind: 'team', teamId: 'north', method: 'round-robin' };
const to = (userId: string): AssignmentHandler => ({ kind: 'user', userId });

function rule(
  id: string,
  filter: JsonObject,
  handler: AssignmentHandler,
  part: Partial<AssignmentRule> = {},
): AssignmentRule {
  return { id, name: id.toUpperCase(), filter, handler, enabled: true, retired: false, ...part };
}

const week = { from: '2026-02-26T00:00:00.000Z', until: '2026-03-05T00:00:00.000Z' };
const ROSTER: Roster = {
  user: (id) =>
    ({
      an: { active: true },
      gone: { active: false },
      away: { active: true, absence: week },
      back: { active: true, absence: { ...week, until: START } },
    })[id],
  team: (id) =>
    ({
      north: { status: 'formed', memberIds: [] } as const,
      old: { status: 'dissolved', memberIds: [] } as const,
    })[id],
};

const AREA: CustomFieldDefinition = {
  ...{
    recordType: 'opportunity',
    key: 'area',
    type: 'number',
    label: { en: 'Area', vi: 'Diện tích' },
  },
  ...{ options: [], required: false, matchKey: false, retired: false },
};
const camera = opportunityDecider.evolve(
  opportunityDecider.initial(ID),
  happened({
    type: 'OpportunityCaptured',
    data: {
      ...(CAPTURED.data as object),
      fields: { name: 'Camera', products: ['Ezviz C6T 2MP'], need: 'Cửa hàng' },
      custom: { area: 120 },
      tags: ['vip'],
      pipelineId: 'sales',
      stageId: 'new',
    },
  }),
);

function chosenOf(...assignmentRules: readonly AssignmentRule[]) {
  const settings = { ...NO_SETTINGS, customFields: [AREA], assignmentRules };
  const choice = chooseRule(camera, { settings, roster: ROSTER, now: START });
  return choice.chosen ?? choice.passed;
}

const ANY = { filter: {}, handler: to('an') };

describe('The rule for an opportunity', () => {
  it.each<[string, JsonObject]>([
    ['a product', { products: 'Ezviz C6T 2MP' }],
    ['words in a text, whatever their case', { name: { $regex: 'CAMERA', $options: 'i' } }],
    ['nested groups', { $or: [{ need: 'Kho' }, { $and: [{ tags: 'vip' }, { stageId: 'new' }] }] }],
    ['a custom field', { 'custom.area': { $gte: 100, $lt: 200 } }],
    ['the last days', { createdAt: { $gte: { $daysAgo: 7 } } }],
    ['who created it', { createdBy: ACTOR.id }],
    ['what is empty', { source: null }],
    ['everything', {}],
  ])('holds by %s', (_what, filter) => {
    expect(chosenOf(rule('r', filter, to('an')))).toEqual({
      rule: { id: 'r', name: 'R' },
      handler: to('an'),
    });
  });

  it.each<[string, AssignmentRule]>([
    ['does not hold', rule('r', { products: 'Imou' }, to('an'))],
    ['is switched off', rule('r', {}, to('an'), { enabled: false })],
    ['is retired', rule('r', {}, to('an'), { retired: true })],
    ['cannot be read by this version', rule('r', { name: { $later: 1 } }, to('an'))],
    ['names a field that there is not', rule('r', { nose: 'long' }, to('an'))],
  ])('is none that %s', (_what, one) => {
    expect(chosenOf(one)).toEqual([]);
    expect(chosenOf(one, rule('next', ANY.filter, ANY.handler))).toMatchObject({
      rule: { id: 'next' },
    });
  });

  it('is the first that holds', () => {
    const first = rule('first', { tags: 'vip' }, NORTH);
    expect(chosenOf(first, rule('second', {}, to('an')))).toEqual({
      rule: { id: 'first', name: 'FIRST' },
      handler: NORTH,
    });
  });

  it.each([
    ['a person who is no longer let in', to('gone'), 'inactive'],
    ['a person who never was', to('nobody'), 'inactive'],
    ['a person who is away', to('away'), 'absent'],
    ['a team that is no more', { ...NORTH, teamId: 'old' }, 'no-team'],
  ] as const)('passes over %s, and says so', (_what, handler, because) => {
    const first = rule('first', {}, handler);
    const passed = [{ rule: { id: 'first', name: 'FIRST' }, because }];
    expect(chosenOf(first)).toEqual(passed);
    expect(chosenOf(first, rule('next', {}, to('back')))).toEqual({
      rule: { id: 'next', name: 'NEXT' },
      handler: to('back'),
      passed,
    });
  });
});
