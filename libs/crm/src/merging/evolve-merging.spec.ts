import { eventFixtures } from '../../test/fixtures.js';
import { happened, ID, minutes } from '../../test/given.js';
import { idOf } from '../../test/merge-states.js';
import type { DomainEvent } from '../kernel/event.js';
import { type LeadState, leadDecider } from '../lead/lead.js';
import type { LeadEvent } from '../lead/lead-events.js';
import { passageOf, verdictOf } from './decide-merging.js';
import type { MergePlan } from './merge-plan.js';

const SELF = { type: 'lead', id: ID } as const;
const AWAY = { type: 'lead', id: idOf(2) } as const;
const BEHIND = { type: 'lead', id: idOf(3) } as const;
const MERGE = idOf(30);
const UNDO = idOf(40);
const TOKEN = idOf(50);

const PLAN: MergePlan = {
  mergeId: MERGE,
  policy: { name: 'first-created', version: 1 },
  records: [{ ...AWAY, revision: 3, behind: [BEHIND] }],
  changes: [
    { field: 'jobTitle', to: 'Kế toán', sources: [AWAY] },
    { field: 'custom.visits', from: 1, to: 0, sources: [AWAY] },
  ],
  tags: ['Tết', 'VIP'],
  assigned: { from: {}, to: { ownerId: idOf(9), teamId: idOf(8) }, source: AWAY },
  lost: [{ record: AWAY, field: 'givenName', value: 'K' }],
  choices: [],
  definitions: [],
  notices: [],
};
const CAPTURED: LeadEvent = {
  type: 'LeadCaptured',
  data: {
    fields: { givenName: 'Khương' },
    custom: { visits: 1 },
    tags: ['VIP'],
    pipelineId: 'p',
    stageId: 's',
  },
};
const RESERVED = {
  type: 'LeadMergeReserved',
  data: { token: TOKEN, mergeId: MERGE, deciding: SELF },
} as const;
const MERGED = { type: 'LeadRecordsMerged', data: PLAN } as const;
const UNDONE = {
  type: 'LeadMergeUndone',
  data: {
    undoId: UNDO,
    mergeId: MERGE,
    records: [AWAY],
    changes: [{ field: 'jobTitle', from: 'Kế toán' }],
    tags: ['Tết'],
    assigned: { from: PLAN.assigned?.to ?? {}, to: {} },
    kept: ['custom.visits'],
    notices: [],
  },
} as const;

/** A minute apart. */
function after(...events: readonly LeadEvent[]): LeadState {
  return events.reduce(
    (state, event, index) => leadDecider.evolve(state, happened(event, minutes(index))),
    leadDecider.initial(ID),
  );
}

describe('A record that is held for a merge', () => {
  it('knows by which attempt, and looks untouched', () => {
    const state = after(CAPTURED, RESERVED);
    expect(state.reservation).toEqual(RESERVED.data);
    expect(state.updatedAt).toBe(minutes(0));
    expect(verdictOf(state, RESERVED.data)).toBe('open');
  });

  it('is free once that attempt was given up, which then can no longer commit', () => {
    const released = {
      type: 'LeadMergeReservationReleased',
      data: { token: TOKEN, mergeId: MERGE },
    } as const;
    const state = after(CAPTURED, RESERVED, released);
    expect(state.reservation).toBeUndefined();
    expect(verdictOf(state, RESERVED.data)).toBe('given-up');
  });

  it('stays held when another attempt was given up', () => {
    const other = {
      type: 'LeadMergeReservationReleased',
      data: { token: idOf(51), mergeId: MERGE },
    } as const;
    expect(after(CAPTURED, RESERVED, other).reservation).toEqual(RESERVED.data);
  });

  it('is free once it was merged away, and names its survivor', () => {
    const data = { mergeId: MERGE, survivor: AWAY };
    const state = after(CAPTURED, RESERVED, { type: 'LeadMergedAway', data });
    expect(state).toMatchObject({ lifecycle: 'merged', mergedInto: AWAY });
    expect(state.reservation).toBeUndefined();
  });
});

describe('A record that is held for undoing a merge', () => {
  const reverts = {
    ...{ undoId: UNDO, mergeId: MERGE, through: { mergeId: idOf(31), record: AWAY } },
    ...{ behind: [], changes: [{ field: 'givenName', from: 'Khương' }], tags: [], kept: [] },
  };
  const held = {
    type: 'LeadMergeReserved',
    data: { token: TOKEN, mergeId: MERGE, deciding: AWAY, undo: { undoId: UNDO, reverts } },
  } as const;
  const own = { ...RESERVED.data, undo: { undoId: UNDO } };

  it('knows what will be taken back, and is free once that is', () => {
    const state = after(CAPTURED, held);
    expect(state.reservation?.undo?.reverts).toEqual(reverts);
    expect(state).toMatchObject({ fields: { givenName: 'Khương' }, updatedAt: minutes(0) });
    const reverted = after(CAPTURED, held, { type: 'LeadMergeReverted', data: reverts });
    expect([reverted.fields, reverted.reservation]).toEqual([{}, undefined]);
  });

  it('is decided by the undoing of the merge, not by the merge itself', () => {
    expect(verdictOf(after(CAPTURED, MERGED), own)).toBe('open');
    const undone = after(CAPTURED, MERGED, { ...RESERVED, data: own }, UNDONE);
    expect([verdictOf(undone, own), undone.reservation]).toEqual(['committed', undefined]);
  });

  it('is held in vain once the merge was undone by somebody else', () => {
    const late = { ...own, undo: { undoId: idOf(41) } };
    expect(verdictOf(after(CAPTURED, MERGED, UNDONE), late)).toBe('given-up');
  });
});

describe('A survivor', () => {
  const state = after(CAPTURED, RESERVED, MERGED);

  it('has what the plan says, and stands for those merged away with what stood behind them', () => {
    expect(state).toMatchObject({
      fields: { givenName: 'Khương', jobTitle: 'Kế toán' },
      custom: { visits: 0 },
      tags: ['VIP', 'Tết'],
      ownerId: idOf(9),
      teamId: idOf(8),
      absorbed: [{ ...AWAY, mergeId: MERGE, behind: [BEHIND] }],
      updatedAt: minutes(2),
    });
    expect(state.reservation).toBeUndefined();
    expect(verdictOf(state, RESERVED.data)).toBe('committed');
    expect(passageOf(state, AWAY)?.plan.mergeId).toBe(MERGE);
  });

  it('remembers the merge until its effects are there, and after', () => {
    expect(state.merges[MERGE]).toMatchObject({ plan: PLAN, completed: false });
    const done = after(CAPTURED, MERGED, { type: 'LeadMergeCompleted', data: { mergeId: MERGE } });
    expect(done.merges[MERGE]).toMatchObject({ completed: true });
    expect(done.updatedAt).toBe(minutes(1));
  });

  it('stands alone again once the merge was undone, and keeps what was kept', () => {
    const undone = after(CAPTURED, MERGED, UNDONE);
    expect(undone).toMatchObject({
      fields: { givenName: 'Khương' },
      custom: { visits: 0 },
      tags: ['VIP'],
      absorbed: [],
    });
    expect([undone.ownerId, undone.teamId]).toEqual([undefined, undefined]);
    expect(undone.merges[MERGE]).toMatchObject({
      completed: true,
      undo: { done: UNDONE.data, completed: false },
    });
    expect(passageOf(undone, AWAY)?.plan.mergeId).toBeUndefined();
    const completed = {
      type: 'LeadMergeUndoCompleted',
      data: { undoId: UNDO, mergeId: MERGE },
    } as const;
    expect(after(CAPTURED, MERGED, UNDONE, completed).merges[MERGE]?.undo?.completed).toBe(true);
  });

  it('loses through a chain what an undoing below takes, and shows what still stands behind', () => {
    const data = {
      undoId: UNDO,
      mergeId: idOf(31),
      through: { mergeId: MERGE, record: AWAY },
      behind: [],
      changes: [{ field: 'jobTitle', from: 'Kế toán', to: 'Giám đốc' }],
      tags: ['Tết'],
      assigned: { from: PLAN.assigned?.to ?? {}, to: { ownerId: idOf(7) } },
      kept: [],
      parts: [{ mergeId: MERGE, changes: [{ field: 'jobTitle', to: 'Giám đốc' }], tags: ['VIP'] }],
    };
    const reverted = after(CAPTURED, MERGED, { type: 'LeadMergeReverted', data });
    expect(reverted).toMatchObject({
      fields: { jobTitle: 'Giám đốc' },
      tags: ['VIP'],
      ownerId: idOf(7),
      absorbed: [{ ...AWAY, behind: [] }],
    });
    expect(reverted.teamId).toBeUndefined();
    const { plan, part } = reverted.merges[MERGE] ?? {};
    expect(plan).toEqual(PLAN);
    expect(part).toMatchObject({
      tags: ['VIP'],
      changes: [{ field: 'custom.visits' }, { to: 'Giám đốc' }],
    });
  });
});

describe('A record that was merged away', () => {
  it('is there again once the merge was undone', () => {
    const away = { type: 'LeadMergedAway', data: { mergeId: MERGE, survivor: AWAY } } as const;
    const back = {
      type: 'LeadUnmerged',
      data: { undoId: UNDO, mergeId: MERGE, survivor: AWAY },
    } as const;
    const state = after(CAPTURED, away, back);
    expect(state.lifecycle).toBe('live');
    expect(state.mergedInto).toBeUndefined();
  });
});

describe('Events of merging that were erased, or come without what they follow', () => {
  const events = eventFixtures().filter(({ type }) =>
    /^Lead.*Merge|^LeadRecordsMerged|^LeadUnmerged/.test(type),
  );
  const bare = ({ lost: _lost, parts: _parts, undo, ...data }: { [key: string]: unknown }) => ({
    ...data,
    ...(typeof undo === 'object' && { undo: { ...undo, reverts: undefined } }),
    ...(Array.isArray(data.changes) && {
      changes: data.changes.map(({ field }: { field: string }) => ({ field })),
    }),
  });

  it.each(events.map((event) => [event.type, event] as const))(
    'fold: %s',
    (_type, { type, data }) => {
      for (const form of [data, bare(data)]) {
        const event = { type, data: form } as DomainEvent as LeadEvent;
        expect(after(event).id).toBe(ID);
        expect(after(CAPTURED, event, event).id).toBe(ID);
        expect(after(CAPTURED, MERGED, event, MERGED, event).id).toBe(ID);
      }
    },
  );
});
