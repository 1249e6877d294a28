import { randomUUID } from 'node:crypto';
import type { AssignmentHandler, AssignmentRule, JsonObject, Roster, Turn } from '#crm';
import { OutcomeUnknown, StoreUnavailable } from '#event-store';
import { mortal } from '../../test/mortal.js';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

const TEAM = randomUUID();
const MEMBERS = Array.from({ length: 4 }, () => randomUUID());
const PERSON = { kind: 'user', userId: MEMBERS[0] ?? '' } as const;
const ROSTER: Roster = {
  user: () => ({ active: true }),
  team: () => ({ status: 'formed', memberIds: MEMBERS }),
};

function teamRule(
  part: Partial<Extract<AssignmentHandler, { kind: 'team' }>> = {},
  filter: JsonObject = {},
): AssignmentRule {
  const handler = { kind: 'team', teamId: TEAM, method: 'round-robin', ...part } as const;
  return { id: 'sales', name: 'Sales', filter, handler, enabled: true, retired: false };
}

let workshop: Workshop;
async function open(options: Parameters<typeof openWorkshop>[0] = {}) {
  workshop = await openWorkshop({ roster: ROSTER, rules: [teamRule()], ...options });
  return workshop;
}
afterEach(() => workshop.close());

const CAPTURE = { kind: 'capture', fields: { name: 'Camera' }, custom: {}, tags: [] } as const;

async function owners() {
  return (await workshop.all('opportunity')).map(({ ownerId }) => ownerId);
}
function differenceOf(ids: readonly (string | undefined)[]): number {
  const counts = MEMBERS.map((member) => ids.filter((id) => id === member).length);
  return Math.max(...counts) - Math.min(...counts);
}
/** The greatest difference over any stretch of turns. */
function differenceOverStretches(ids: readonly string[]): number {
  const stretches = ids.flatMap((_, from) =>
    ids.slice(from).map((_, length) => ids.slice(from, from + length + 1)),
  );
  return Math.max(...stretches.map(differenceOf));
}
async function turns() {
  return workshop.log.readAll({ limit: 1_000, prefixes: ['rotation-'] });
}
async function turnEvents() {
  return (await turns()).map(({ type }) => type);
}

describe('Opportunities that arrive', () => {
  it.each([
    ['round-robin', 1],
    ['round-robin', 3],
    ['least-loaded', 1],
    ['least-loaded', 3],
  ] as const)('at one instant are shared evenly, %s over %i processes', async (method, count) => {
    await open({ rules: [teamRule({ method })] });
    const processes = Array.from({ length: count }, () => workshop.hire());
    for (let round = 0; round < 3; round++) {
      await Promise.all(
        Array.from({ length: 32 }, (_, n) =>
          processes[n % count]?.records.capture('opportunity', CAPTURE, envelope()),
        ),
      );
      expect(differenceOf(await owners())).toBeLessThanOrEqual(1);
    }
    const taken = await turns();
    expect(taken.map(({ type }) => type)).toEqual(
      Array.from({ length: 96 }, () => 'RotationTurnTaken'),
    );
    const whose = taken.map(({ data }) => (data as Turn).userId);
    expect(differenceOverStretches(whose)).toBe(1);
  });

  it.each<[string, AssignmentRule[], number]>([
    ['without rules', [], 1],
    ['by a rule for a person', [{ ...teamRule(), handler: PERSON }], 1],
    ['by a rule for a team', [teamRule()], 2],
    ['by a rule for whoever has least', [teamRule({ method: 'least-loaded', capacity: 9 })], 2],
  ])('one by one cost an append, and one more for a turn: %s', async (_what, rules, cost) => {
    let appends = 0;
    await open({
      rules,
      wrap: (store) => ({
        ...store,
        append(append) {
          appends += 1;
          return store.append(append);
        },
      }),
    });
    for (let n = 1; n <= 5; n += 1) {
      const before = appends;
      await captured(workshop, 'opportunity', { name: 'Camera' });
      expect(appends - before).toBe(cost);
    }
  });

  it('many at once share appends', async () => {
    let appends = 0;
    await open({
      wrap: (store) => ({
        ...store,
        append(append) {
          if (append.stream.startsWith('rotation-')) appends += 1;
          return store.append(append);
        },
      }),
    });
    await Promise.all(
      Array.from({ length: 64 }, () => captured(workshop, 'opportunity', { name: 'A' })),
    );
    expect(await turnEvents()).toHaveLength(64);
    expect(appends).toBeLessThanOrEqual(8);
  });

  it('have the rule and the reason in the append of the capture', async () => {
    await open();
    const id = await captured(workshop, 'opportunity', { name: 'Camera' });
    const { events } = await workshop.log.readStream({ stream: `opportunity-${id}` });
    expect(events.map(({ type }) => type)).toEqual(['OpportunityCaptured', 'OpportunityAssigned']);
    expect(new Set(events.map(({ metadata }) => metadata.commandId)).size).toBe(1);
    expect(events[0]?.data).not.toHaveProperty('ownerId');
    expect(events[1]?.data).toEqual({
      from: {},
      to: { ownerId: MEMBERS[0], teamId: TEAM },
      by: {
        rule: { id: 'sales', name: 'Sales' },
        method: 'round-robin',
        reason: 'next-in-turn',
        candidates: MEMBERS.map((userId) => ({ userId, turns: 0 })),
      },
    });
  });

  it('stay with whom the caller names, and take no turn', async () => {
    await open();
    const [, , , last = ''] = MEMBERS;
    await captured(workshop, 'opportunity', { name: 'Camera' }, { ownerId: last });
    expect([await owners(), await turnEvents()]).toEqual([[last], []]);
  });

  it('that are refused take no turn', async () => {
    await open();
    const wrong = { ...CAPTURE, fields: { probability: 'high' } };
    await expect(
      workshop.records.capture('opportunity', wrong as never, envelope()),
    ).rejects.toMatchObject({ code: 'invalid_fields' });
    expect(await turnEvents()).toEqual([]);
  });

  it('sent again are the same, and take one turn', async () => {
    await open();
    const again = envelope({ fresh: false });
    const [first, second] = await Promise.all(
      [workshop.hire(), workshop.hire()].map(({ records }) =>
        records.capture('opportunity', CAPTURE, again),
      ),
    );
    expect(second).toEqual(first);
    expect(await turnEvents()).toEqual(['RotationTurnTaken']);
  });

  it('are given to the team where nobody in it is available', async () => {
    await open({ roster: { ...ROSTER, user: () => ({ active: false }) } });
    await captured(workshop, 'opportunity', { name: 'Camera' });
    expect(await workshop.all('opportunity')).toMatchObject([{ teamId: TEAM, ownerId: undefined }]);
    expect(await turnEvents()).toEqual([]);
  });

  it('go to nobody who is full, whatever the read model shows yet', async () => {
    await open({ rules: [teamRule({ capacity: 2 })] });
    await Promise.all(
      Array.from({ length: 10 }, () => captured(workshop, 'opportunity', { name: 'Camera' })),
    );
    const given = await owners();
    const counts = MEMBERS.map((member) => given.filter((id) => id === member).length);
    expect(counts).toEqual([2, 2, 2, 2]);
    expect(given.filter((id) => id === undefined)).toHaveLength(2);
  });
});

describe('A turn of which nothing comes', () => {
  it.each([
    ['at once, where the store has certainly not taken the opportunity', 'RotationTurnReturned'],
    ['not at once, where that is not known', undefined],
  ])('is given back %s', async (_when, returned) => {
    const refusal = returned
      ? new StoreUnavailable('full')
      : new OutcomeUnknown('opportunity', 'lost');
    await open({
      wrap: (store) => ({
        ...store,
        append: (append) =>
          append.stream.startsWith('opportunity-') ? Promise.reject(refusal) : store.append(append),
      }),
    });
    await expect(captured(workshop, 'opportunity', { name: 'Lost' })).rejects.toBe(refusal);
    expect(await turnEvents()).toEqual(['RotationTurnTaken', ...(returned ? [returned] : [])]);
  });

  it('is given back by the process after a crash, and made up for in the same round', async () => {
    const store = mortal();
    await open({ wrap: store.wrap });
    store.dieAt(2, 'before');
    await expect(captured(workshop, 'opportunity', { name: 'Lost' })).rejects.toThrow('died');
    store.mend();
    const { turnWork, records } = workshop.hire();
    await captured({ records }, 'opportunity', { name: 'Camera' });
    const [work, ...others] = await turnWork.find(100);
    expect([work?.kind, others]).toEqual(['return', []]);
    if (work) await turnWork.complete(work);
    if (work) await turnWork.complete(work);
    expect(await turnEvents()).toEqual([
      ...['RotationTurnTaken', 'RotationTurnTaken', 'RotationTurnReturned'],
    ]);
    expect(await turnWork.find(100)).toEqual([]);
    for (let n = 0; n < 4; n++) await captured({ records }, 'opportunity', { name: 'Camera' });
    expect(await owners()).toEqual([1, 2, 3, 0, 1].map((n) => MEMBERS[n]));
  });

  it('is taken up again by the command that is sent again', async () => {
    const store = mortal();
    await open({ wrap: store.wrap });
    const own = envelope({ fresh: false });
    store.dieAt(2, 'before');
    await expect(workshop.records.capture('opportunity', CAPTURE, own)).rejects.toThrow('died');
    store.mend();
    await workshop.hire().records.capture('opportunity', CAPTURE, own);
    expect(await owners()).toEqual([MEMBERS[0]]);
    expect(await turnEvents()).toEqual(['RotationTurnTaken']);
    expect(await workshop.hire().turnWork.find(100)).toEqual([]);
  });
});

describe('A rotation with much behind it', () => {
  it('is read from where it was settled last, and goes on as before', async () => {
    await open();
    const settling = workshop.hire({ settleAfter: 10 });
    for (let n = 0; n < 30; n++) await captured(workshop, 'opportunity', { name: 'Camera' });
    for (const work of await settling.turnWork.find(100)) await settling.turnWork.complete(work);
    expect((await turnEvents()).at(-1)).toBe('RotationSettled');
    expect(await workshop.hire().turns.openTurns('sales')).toMatchObject({
      ...{ turns: [], settledUpTo: 29, revision: 30 },
    });
    for (const { records } of [workshop, workshop.hire(), settling]) {
      await captured({ records }, 'opportunity', { name: 'Camera' });
    }
    expect(differenceOf(await owners())).toBe(1);
    expect((await owners()).slice(-4)).toEqual([1, 2, 3, 0].map((n) => MEMBERS[n]));
  });

  it('is not settled beyond a turn of which nothing came', async () => {
    const store = mortal();
    await open({ wrap: store.wrap });
    await captured(workshop, 'opportunity', { name: 'Camera' });
    store.dieAt(2, 'before');
    await expect(captured(workshop, 'opportunity', { name: 'Lost' })).rejects.toThrow('died');
    store.mend();
    const { records, turnWork, turns } = workshop.hire({ settleAfter: 1 });
    for (let n = 0; n < 5; n++) await captured({ records }, 'opportunity', { name: 'Camera' });
    for (const work of await turnWork.find(100)) await turnWork.complete(work);
    expect(await turns.openTurns('sales')).toMatchObject({ settledUpTo: 0, revision: 8 });
    for (const work of await turnWork.find(100)) await turnWork.complete(work);
    expect(await turns.openTurns('sales')).toMatchObject({ turns: [], settledUpTo: 8 });
    expect(differenceOf(await owners())).toBeLessThanOrEqual(1);
  });
});
