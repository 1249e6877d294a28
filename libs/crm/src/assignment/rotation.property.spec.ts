import fc from 'fast-check';
import type { TurnMethod } from '../settings/assignment-rules/assignment-rule.js';
import { byTurn } from './next-in-turn.js';
import { evolveRotation, memberOf, NEW_ROTATION } from './rotation.js';
import type { RotationState, Turn } from './rotation-events.js';

const MEMBERS = ['an', 'binh', 'chi', 'dung', 'em'] as const;

/** Somebody arrives while some members are available; now and then an earlier turn is returned. */
type Step =
  | { readonly kind: 'arrival'; readonly available: readonly string[] }
  | { readonly kind: 'return'; readonly nth: number };

const arrival = fc
  .subarray([...MEMBERS], { minLength: 1 })
  .map((available): Step => ({ kind: 'arrival', available }));
const giveBack = fc.nat(1_000).map((nth): Step => ({ kind: 'return', nth }));

interface Taken {
  readonly turn: Turn;
  readonly available: readonly string[];
}

function run(steps: readonly Step[], method: TurnMethod = 'round-robin') {
  const turns: Taken[] = [];
  const returned = new Set<string>();
  let rotation: RotationState = NEW_ROTATION;
  for (const step of steps) {
    if (step.kind === 'arrival') {
      const [userId = ''] = byTurn(rotation, step.available);
      const id = `turn ${turns.length}`;
      const turn: Turn = { turnId: id, opportunityId: id, userId, method };
      rotation = evolveRotation(rotation, { type: 'RotationTurnTaken', data: turn });
      turns.push({ turn, available: step.available });
      continue;
    }
    const open = turns.filter(({ turn }) => !returned.has(turn.turnId));
    const back = open[step.nth % Math.max(1, open.length)];
    if (!back) continue;
    returned.add(back.turn.turnId);
    rotation = evolveRotation(rotation, { type: 'RotationTurnReturned', data: back.turn });
  }
  const kept = turns.filter(({ turn }) => !returned.has(turn.turnId));
  return { rotation, turns, kept };
}

function had(turns: readonly Taken[], userId: string): number {
  return turns.filter(({ turn }) => turn.userId === userId).length;
}

/** The largest difference between two members over a stretch in which both were available throughout. */
function largestDifference(turns: readonly Taken[]): number {
  let largest = 0;
  for (let from = 0; from < turns.length; from += 1) {
    const always = new Set<string>(MEMBERS);
    for (let to = from; to < turns.length; to += 1) {
      for (const id of always) if (!turns[to]?.available.includes(id)) always.delete(id);
      if (always.size < 2) break;
      const counts = [...always].map((id) => had(turns.slice(from, to + 1), id));
      largest = Math.max(largest, Math.max(...counts) - Math.min(...counts));
    }
  }
  return largest;
}

describe('a rotation', () => {
  it('differs by at most one turn between members who were there, over any stretch, whoever else comes and goes', () => {
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 40 }), (steps) => {
        expect(largestDifference(run(steps).turns)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('makes up for returned turns with the next ones, as soon as there are enough', () => {
    const all: Step = { kind: 'arrival', available: MEMBERS };
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(all), giveBack), { maxLength: 60 }), (steps) => {
        const back = steps.filter(({ kind }) => kind === 'return').length;
        const enough = Array.from({ length: back * MEMBERS.length }, () => all);
        const { kept } = run([...steps, ...enough]);
        const counts = MEMBERS.map((id) => had(kept, id));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives to whoever’s turn was returned before the next round begins', () => {
    const all = { kind: 'arrival', available: MEMBERS } as const;
    for (const nth of MEMBERS.keys()) {
      const { turns } = run([...MEMBERS.map(() => all), { kind: 'return', nth }, all]);
      expect(turns.at(-1)?.turn.userId).toBe(MEMBERS[nth]);
    }
  });

  it('counts for everybody the turns that they had and kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(arrival, giveBack), { maxLength: 60 }),
        fc.constantFrom<TurnMethod>('round-robin', 'least-loaded'),
        (steps, method) => {
          const { rotation, kept } = run(steps, method);
          for (const id of MEMBERS) expect(memberOf(rotation, id).turns).toBe(had(kept, id));
        },
      ),
    );
  });

  it('does not let those wait who were away while everybody else returned turns', () => {
    const away = { kind: 'arrival', available: ['an', 'binh'] } as const;
    const outage = Array.from({ length: 20 }, () => away);
    const back = Array.from({ length: 20 }, () => ({ kind: 'return', nth: 0 }) as const);
    const all = Array.from({ length: 5 }, () => ({ kind: 'arrival', available: MEMBERS }) as const);
    const { turns } = run([...outage, ...back, ...all]);
    expect(
      turns
        .slice(-5)
        .map(({ turn }) => turn.userId)
        .sort(),
    ).toEqual([...MEMBERS].sort());
  });
});
