import { START } from '../../test/given.js';
import { type Candidate, MOST_CANDIDATES_TOLD } from './assigned-by.js';
import { decideTurn, type TeamHandler } from './decide-turn.js';
import type { Roster } from './roster.js';
import { evolveRotation, NEW_ROTATION } from './rotation.js';

const absence = { from: '2026-02-26T00:00:00.000Z', until: '2026-03-05T00:00:00.000Z' };

function rosterOf(...memberIds: readonly string[]): Roster {
  return {
    user: (id) => ({ active: id !== 'gone', ...(id === 'away' && { absence }) }),
    team: () => ({ status: 'formed', memberIds }),
  };
}

/** After turns of these members. */
function rotationOf(...userIds: readonly string[]) {
  return userIds.reduce(
    (rotation, userId) =>
      evolveRotation(rotation, {
        type: 'RotationTurnTaken',
        data: { turnId: 't', opportunityId: 'o', userId, method: 'round-robin' },
      }),
    NEW_ROTATION,
  );
}

interface Given {
  readonly members?: readonly string[];
  readonly had?: readonly string[];
  readonly loads?: Readonly<Record<string, number>>;
}

function turn(
  handler: Partial<TeamHandler>,
  { members = ['an', 'binh', 'chi'], had = [], loads }: Given,
  earlier?: string,
) {
  const whole = { kind: 'team', teamId: 'north', method: 'round-robin', ...handler } as const;
  const basis = {
    rotation: rotationOf(...had),
    roster: rosterOf(...members),
    ...(loads && { loads: new Map(Object.entries(loads)) }),
    now: START,
  };
  const chosen = { rule: { id: 'r', name: 'R' }, handler: whole };
  return decideTurn(chosen, basis, earlier);
}

describe('Whose turn it is', () => {
  it.each<[string, Partial<TeamHandler>, Given, string | undefined, string]>([
    ['in the order of the team at first', {}, {}, 'an', 'next-in-turn'],
    ['who had none yet', {}, { had: ['an', 'binh'] }, 'chi', 'next-in-turn'],
    ['whose last is longest ago', {}, { had: ['chi', 'an', 'binh'] }, 'chi', 'next-in-turn'],
    ['nobody who is away', {}, { members: ['away', 'an', 'binh'] }, 'an', 'next-in-turn'],
    ['nobody who may not come in', {}, { members: ['gone', 'an', 'chi'] }, 'an', 'next-in-turn'],
    [
      'the only one there',
      {},
      { members: ['away', 'chi'], had: ['chi'] },
      'chi',
      'only-one-available',
    ],
    [
      'nobody, where all are away',
      {},
      { members: ['away', 'gone'] },
      undefined,
      'nobody-available',
    ],
    ['nobody, in an empty team', {}, { members: [] }, undefined, 'nobody-available'],
    [
      'nobody who is full',
      { capacity: 5 },
      { loads: { an: 5, binh: 9, chi: 4 } },
      'chi',
      'only-one-available',
    ],
    [
      'who has fewest open',
      { method: 'least-loaded' },
      { loads: { an: 5, binh: 2, chi: 4 } },
      'binh',
      'fewest-open',
    ],
    [
      'of those with as many, whose last is longest ago',
      { method: 'least-loaded' },
      { loads: { an: 2, binh: 2, chi: 2 }, had: ['an', 'chi', 'binh'] },
      'an',
      'fewest-open',
    ],
    [
      'by turn, where it is not known how many are open',
      { method: 'least-loaded', capacity: 1 },
      { had: ['an'] },
      'binh',
      'next-in-turn',
    ],
  ])('is of %s', (_what, handler, given, expected, reason) => {
    const { userId, assignment } = turn(handler, given);
    expect([userId, assignment.by.reason]).toEqual([expected, reason]);
    expect(assignment.to).toEqual({ ...(expected && { ownerId: expected }), teamId: 'north' });
  });

  it('is told with everybody who was considered, whoever got it first', () => {
    const members = ['an', 'away', 'binh', 'gone', 'chi'];
    const loads = { an: 5, binh: 1, chi: 9 };
    const had = ['binh', 'an', 'binh'];
    const { assignment } = turn({ capacity: 6 }, { members, loads, had });
    expect(assignment.by).toEqual({
      rule: { id: 'r', name: 'R' },
      method: 'round-robin',
      reason: 'next-in-turn',
      candidates: [
        { userId: 'an', turns: 1, load: 5 },
        { userId: 'binh', turns: 2, load: 1 },
        { userId: 'away', turns: 0, load: 0, skipped: 'absent' },
        { userId: 'gone', turns: 0, load: 0, skipped: 'inactive' },
        { userId: 'chi', turns: 0, load: 9, skipped: 'full' },
      ] satisfies Candidate[],
    });
  });

  it('is told of the first of a large team only', () => {
    const members = Array.from({ length: 50 }, (_, n) => `m${n}`);
    const { by } = turn({}, { members, had: members.slice(0, 49) }).assignment;
    expect(by.candidates).toHaveLength(MOST_CANDIDATES_TOLD);
    expect(by.candidates[0]).toEqual({ userId: 'm49', turns: 0 });
    expect(by.unlisted).toBe(50 - MOST_CANDIDATES_TOLD);
  });

  it('stays with whoever had it for the same opportunity', () => {
    const { assignment } = turn({}, { members: ['an', 'away'] }, 'away');
    expect(assignment.to.ownerId).toBe('away');
    expect(assignment.by.candidates[0]).toEqual({ userId: 'away', turns: 0 });
  });
});
