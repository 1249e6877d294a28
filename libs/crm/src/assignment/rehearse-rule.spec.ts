import { happened, ID, minutes, START } from '../../test/given.js';
import { conditionDocument } from '../conditions/condition-document.js';
import type { JsonObject } from '../kernel/json.js';
import { opportunityDecider } from '../opportunity/opportunity.js';
import type {
  AssignmentHandler,
  AssignmentRule,
} from '../settings/assignment-rules/assignment-rule.js';
import { NO_SETTINGS } from '../settings/settings.js';
import { rehearseRule, type Tried } from './rehearse-rule.js';
import type { Roster } from './roster.js';
import { evolveRotation, NEW_ROTATION } from './rotation.js';

const ROSTER: Roster = {
  user: (id) => ({ active: id !== 'gone' }),
  team: () => ({ status: 'formed', memberIds: ['an', 'binh', 'gone'] }),
};
const TEAM: AssignmentHandler = { kind: 'team', teamId: 'north', method: 'round-robin' };

function rule(id: string, filter: JsonObject, handler: AssignmentHandler = TEAM): AssignmentRule {
  return { id, name: id, filter, handler, enabled: true, retired: false };
}

/** Opportunities with these needs, each a day after the one before. */
function arrivals(...needs: readonly string[]): readonly Tried[] {
  return needs.map((need, n) => {
    const at = minutes(n * 1_440);
    const data = { fields: { need }, custom: {}, tags: [], pipelineId: 'p', stageId: 's' };
    const event = happened({ type: 'OpportunityCaptured', data } as const, at);
    const state = opportunityDecider.evolve(opportunityDecider.initial(`${ID}${n}`), event);
    return { document: conditionDocument(state), at };
  });
}

function rehearse(
  one: AssignmentRule,
  tried: readonly Tried[],
  assignmentRules: readonly AssignmentRule[] = [],
  loads?: Readonly<Record<string, number>>,
) {
  const settings = { ...NO_SETTINGS, assignmentRules };
  const turn = { turnId: 't', opportunityId: 'o', userId: 'an', method: 'round-robin' } as const;
  const rotation = evolveRotation(NEW_ROTATION, { type: 'RotationTurnTaken', data: turn });
  const known = loads && { loads: new Map(Object.entries(loads)) };
  return rehearseRule(one, tried, { settings, roster: ROSTER, rotation, now: START, ...known });
}

describe('A rule that is tried', () => {
  it('goes on from the turns had so far, for what it holds for', () => {
    const found = rehearse(rule('r', { need: 'Kho' }), arrivals('Kho', 'Nhà', 'Kho', 'Kho'));
    expect(found.map(({ id, assignment }) => [id.slice(-1), assignment?.to.ownerId])).toEqual([
      ['0', 'binh'],
      ['2', 'an'],
      ['3', 'binh'],
    ]);
  });

  it('counts up the loads', () => {
    const least = { ...TEAM, method: 'least-loaded', capacity: 3 } as const;
    const found = rehearse(rule('r', {}, least), arrivals('', '', ''), [], { an: 0, binh: 2 });
    expect(found.map(({ assignment }) => assignment?.to.ownerId)).toEqual(['an', 'an', 'binh']);
  });

  it('leaves to the rules before it what they would decide, where they can be followed', () => {
    const tried = arrivals('Kho', 'Nhà');
    const one = rule('r', {});
    const gone = rule('gone', { need: 'Nhà' }, { kind: 'user', userId: 'gone' });
    const before = rule('before', { need: 'Kho' }, { kind: 'user', userId: 'an' });
    const behind = rule('behind', {}, { kind: 'user', userId: 'binh' });
    expect(rehearse(one, tried, [gone, before, one, behind])).toMatchObject([
      { earlier: { id: 'before', name: 'before' } },
      { assignment: { to: { ownerId: 'binh' } } },
    ]);
    expect(rehearse(one, tried, [behind]).map(({ earlier }) => earlier?.id)).toEqual([
      'behind',
      'behind',
    ]);
  });

  it('says why it could not be followed', () => {
    const found = rehearse(rule('r', {}, { kind: 'user', userId: 'gone' }), arrivals('Kho'));
    expect(found).toEqual([{ id: `${ID}0`, because: 'inactive' }]);
  });

  it('takes for now when each arrived', () => {
    const today = rule('r', { createdAt: { $gte: { $daysAgo: 0 } } });
    const tried = arrivals('Kho', 'Nhà');
    expect(rehearse(today, tried)).toHaveLength(2);
    const later = tried.map((one) => ({ ...one, at: minutes(1_500) }));
    expect(rehearse(today, later).map(({ id }) => id)).toEqual([`${ID}1`]);
  });
});
