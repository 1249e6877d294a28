import { AN, BINH, entry, Life, policy, TEAM } from '../../test/deadlines.js';
import { ID, minutes } from '../../test/given.js';
import type { MergePlan } from '../merging/merge-plan.js';
import {
  type OpportunityCommand,
  type OpportunityEvent,
  opportunityDecider,
} from '../opportunity/opportunity.js';
import type { OverdueEntry } from '../settings/overdue/overdue-policy.js';

const HOUR = entry('hour', 60);
const GAP = { repeatHours: 4, priority: 'Gấp' };

/** An opportunity of An's, captured at minute 0. */
function opportunity(entries: readonly OverdueEntry[] = [HOUR], part: object = { ownerId: AN }) {
  const life = new Life(opportunityDecider, policy(entries));
  const fields = { name: 'Camera' };
  return life.on(0, {
    kind: 'capture',
    fields,
    custom: {},
    tags: [],
    pipelineId: 'sales',
    ...part,
  });
}
const edit = (fields: Record<string, string | null>): OpportunityCommand => ({
  ...{ kind: 'edit', fields, custom: {} },
});
const dueAt = ({ state }: ReturnType<typeof opportunity>) => state.deadline?.dueAt;

describe('the deadline of an opportunity', () => {
  it('counts from the assignment that comes with the capture, in the same append', () => {
    const life = opportunity();
    expect(life.events.map(({ type }) => type)).toEqual([
      'OpportunityCaptured',
      'OpportunityDeadlineSet',
    ]);
    expect(life.told('DeadlineSet')).toEqual([
      {
        deadlineId: life.state.deadline?.id,
        cause: 'assignment',
        startedAt: minutes(0),
        assignee: { ownerId: AN },
        to: minutes(60),
        entryId: 'hour',
      },
    ]);
  });

  it('is none while it is nobody’s, and begins with the assignment, to a team too', () => {
    const life = opportunity([HOUR], {});
    expect(life.told('DeadlineSet')).toEqual([]);
    life.on(7, { kind: 'assign', teamId: TEAM });
    expect(life.state.deadline).toMatchObject({ startedAt: minutes(7), dueAt: minutes(67) });
  });

  it.each<[string, OpportunityCommand, string]>([
    ['another owner', { kind: 'assign', ownerId: BINH }, 'assignment'],
    ['a team beside the owner', { kind: 'assign', teamId: TEAM }, 'assignment'],
    ['another processing step', edit({ processingStep: 'Gửi báo giá' }), 'step'],
    ['another stage', { kind: 'change-stage', stageId: 'talks' }, 'step'],
    [
      'another pipeline',
      { kind: 'change-stage', pipelineId: 'projects', stageId: 'start' },
      'step',
    ],
  ])('counts anew from %s', (_, command, cause) => {
    const life = opportunity();
    const before = life.state.deadline?.id;
    life.on(10, command);
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({
        cause,
        startedAt: minutes(10),
        from: minutes(60),
        to: minutes(70),
      }),
    ]);
    expect(life.state.deadline?.id).not.toBe(before);
  });

  it.each<[string, OpportunityCommand]>([
    ['another field', edit({ name: 'Camera 2' })],
    ['a tag', { kind: 'tag', add: ['VIP'], remove: [] }],
    ['a note', { kind: 'add-note', text: 'Gọi lại', attachments: [] }],
    ['the same step', edit({ processingStep: null })],
    ['the same owner', { kind: 'assign', ownerId: AN }],
  ])('stands as it is after %s', (_, command) => {
    const life = opportunity();
    const { deadline } = life.state;
    life.on(10, command);
    expect(life.told('DeadlineSet')).toEqual([]);
    expect(life.state.deadline).toEqual(deadline);
  });

  it.each<[string, OpportunityCommand]>([
    ['won', { kind: 'win', fields: { expectedCloseDate: '2026-03-01' } }],
    ['lost', { kind: 'lose', reason: 'Giá cao' }],
    ['deleted', { kind: 'delete' }],
    ['nobody’s', { kind: 'assign', ownerId: null }],
  ])('ends when it is %s', (_, command) => {
    const life = opportunity().on(10, command);
    expect(life.told('DeadlineSet')).toEqual([
      {
        deadlineId: expect.any(String),
        cause: 'end',
        startedAt: minutes(0),
        assignee: { ownerId: AN },
        from: minutes(60),
      },
    ]);
    expect([life.state.deadline, life.state.countdown]).toEqual([undefined, undefined]);
  });

  it.each<[string, OpportunityCommand, OpportunityCommand]>([
    ['reopened', { kind: 'lose', reason: 'Giá cao' }, { kind: 'reopen' }],
    ['restored', { kind: 'delete' }, { kind: 'restore' }],
  ])('counts anew when it is %s', (_, close, open) => {
    const life = opportunity().on(10, close).on(30, open);
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({ startedAt: minutes(30), to: minutes(90) }),
    ]);
  });

  it('goes with a merge into another record, and counts anew when that is undone', () => {
    const survivor = { type: 'opportunity', id: BINH } as const;
    const life = opportunity();
    life.happens(10, { type: 'OpportunityMergedAway', data: { mergeId: ID, survivor } });
    expect(life.told('DeadlineSet')).toEqual([expect.objectContaining({ cause: 'end' })]);
    life.happens(20, { type: 'OpportunityUnmerged', data: { undoId: ID, mergeId: ID, survivor } });
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({ cause: 'resumption', to: minutes(80) }),
    ]);
  });

  it('counts anew for whom a merge gives it to, and from the step that it brings, and again when it is undone', () => {
    const away = { type: 'opportunity', id: BINH } as const;
    const plan: MergePlan = {
      mergeId: ID,
      policy: { name: 'first-created', version: 1 },
      records: [{ ...away, revision: 0, behind: [] }],
      changes: [{ field: 'processingStep', to: 'Gửi báo giá', sources: [away] }],
      tags: [],
      assigned: { from: {}, to: { ownerId: BINH }, source: away },
      lost: [],
      choices: [],
      definitions: [],
      notices: [],
    };
    const life = opportunity([HOUR], {}).happens(10, {
      ...{ type: 'OpportunityRecordsMerged', data: plan },
    });
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({ assignee: { ownerId: BINH }, to: minutes(70) }),
    ]);
    const undone = {
      ...{ undoId: ID, mergeId: ID, records: [away], tags: [], kept: [], notices: [] },
      changes: [{ field: 'processingStep', from: 'Gửi báo giá' }],
    };
    life.happens(20, { type: 'OpportunityMergeUndone', data: undone } as OpportunityEvent);
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({ cause: 'step', assignee: { ownerId: BINH }, to: minutes(80) }),
    ]);
  });

  it('ends when no entry speaks of the new step', () => {
    const life = opportunity([entry('new', 60, { pipelineId: 'sales' })]);
    life.on(10, { kind: 'change-stage', pipelineId: 'projects', stageId: 'start' });
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({ cause: 'step', from: minutes(60) }),
    ]);
    expect(dueAt(life)).toBeUndefined();
  });
});

describe('the overdue policy', () => {
  it('goes by the first entry of which everything it names is so', () => {
    const entries = [
      entry('both', 10, { processingStep: 'Gọi', priority: 'Gấp' }),
      entry('step', 20, { processingStep: 'Gọi' }),
      entry('projects', 30, { pipelineId: 'projects' }),
      entry('any', 40),
      entry('never', 50),
    ];
    const captured = (fields: object, part: object = {}) =>
      dueAt(opportunity(entries, { ownerId: AN, fields: { name: 'x', ...fields }, ...part }));
    expect(captured({ processingStep: 'Gọi', priority: 'Gấp' })).toBe(minutes(10));
    expect(captured({ processingStep: 'Gọi', priority: 'Cao' })).toBe(minutes(20));
    expect(captured({}, { pipelineId: 'projects' })).toBe(minutes(30));
    expect(captured({})).toBe(minutes(40));
  });

  it('counts working time where the entry names a calendar', () => {
    const day = [{ from: '08:00', to: '17:00' }];
    const calendar = { id: 'vn', name: 'VN', timeZone: 'Asia/Ho_Chi_Minh', retired: false };
    const life = new Life(opportunityDecider, {
      ...policy([entry('hour', 120, { calendarId: 'vn' })]),
      calendars: [{ ...calendar, hours: { 1: day }, holidays: [] }],
    });
    life.on(0, {
      kind: 'capture',
      fields: { name: 'x' },
      custom: {},
      tags: [],
      pipelineId: 'sales',
      ownerId: AN,
    });
    // `START` is a Sunday afternoon there.
    expect(life.state.deadline?.dueAt).toBe('2026-03-02T03:00:00.000Z');
  });

  it('goes by another entry when the priority changes, from when it counted all along', () => {
    const life = opportunity([entry('gap', 15, GAP), HOUR]);
    const { deadline } = life.state;
    life.on(10, edit({ priority: 'Gấp' }));
    expect(life.told('DeadlineSet')).toEqual([
      {
        deadlineId: deadline?.id,
        cause: 'priority',
        startedAt: minutes(0),
        assignee: { ownerId: AN },
        from: minutes(60),
        to: minutes(15),
        entryId: 'gap',
        repeatHours: 4,
      },
    ]);
    life.on(11, edit({ priority: 'Cao' }));
    expect(life.state.deadline).toEqual(deadline);
  });

  it('changes nothing that is open unless it is applied to it', () => {
    const life = opportunity();
    life.settings = policy([entry('two', 120)]);
    life.on(10, edit({ name: 'Camera 2' }));
    expect(dueAt(life)).toBe(minutes(60));
    life.on(20, { kind: 'apply-overdue-policy' });
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({ cause: 'policy', from: minutes(60), to: minutes(120) }),
    ]);
    life.on(30, { kind: 'apply-overdue-policy' });
    expect(life.events).toEqual([]);
  });

  it('is applied to what had no deadline, and takes one away', () => {
    const life = opportunity([]);
    expect(life.state.deadline).toBeUndefined();
    life.settings = policy([HOUR]);
    life.on(90, { kind: 'apply-overdue-policy' });
    expect(dueAt(life)).toBe(minutes(60));
    life.settings = policy([]);
    life.on(100, { kind: 'apply-overdue-policy' });
    expect([life.state.deadline, life.state.countdown?.startedAt]).toEqual([undefined, minutes(0)]);
  });

  it.each<[string, OpportunityCommand]>([
    ['closed', { kind: 'lose', reason: 'Giá cao' }],
    ['handled', { kind: 'handle-deadline' }],
  ])('is not applied to what is %s', (_, command) => {
    const life = opportunity().on(5, command);
    life.settings = policy([entry('two', 120)]);
    expect(life.on(10, { kind: 'apply-overdue-policy' }).events).toEqual([]);
  });
});

describe('a deadline that is asked for', () => {
  it('is snoozed until a moment ahead, and keeps its due time', () => {
    const life = opportunity().on(61, { kind: 'snooze-deadline', until: minutes(300) });
    expect(life.state.deadline).toMatchObject({
      ...{ dueAt: minutes(60), snoozedUntil: minutes(300) },
    });
    expect(life.on(62, { kind: 'snooze-deadline', until: minutes(300) }).events).toEqual([]);
  });

  it('stays snoozed when the policy moves it, and not when it counts anew', () => {
    const life = opportunity().on(61, { kind: 'snooze-deadline', until: minutes(300) });
    life.settings = policy([entry('two', 120)]);
    life.on(62, { kind: 'apply-overdue-policy' });
    expect(life.state.deadline?.snoozedUntil).toBe(minutes(300));
    life.on(63, { kind: 'assign', ownerId: BINH });
    expect(life.state.deadline?.snoozedUntil).toBeUndefined();
  });

  it('is handled once, and counts anew from the next step', () => {
    const life = opportunity().on(61, { kind: 'handle-deadline' });
    expect(life.state.deadline?.handledAt).toBe(minutes(61));
    expect(life.on(62, { kind: 'handle-deadline' }).events).toEqual([]);
    life.on(63, edit({ priority: 'Gấp' }));
    expect(life.told('DeadlineSet')).toEqual([]);
    life.on(64, edit({ processingStep: 'Gọi' }));
    expect(life.told('DeadlineSet')).toEqual([
      // Nothing waited any more when it was set.
      expect.not.objectContaining({ from: expect.anything() }),
    ]);
    expect(dueAt(life)).toBe(minutes(124));
  });

  it.each<[string, OpportunityCommand, string]>([
    ['a moment gone', { kind: 'snooze-deadline', until: minutes(60) }, 'not_ahead'],
    ['more than a year', { kind: 'snooze-deadline', until: '2027-03-03T09:00:00Z' }, 'too_late'],
    ['no moment', { kind: 'snooze-deadline', until: 'mai' }, 'invalid_fields'],
  ])('is not snoozed for %s', (_, command, code) => {
    expect(() => opportunity().on(60, command)).toThrow(expect.objectContaining({ code }));
  });

  it('has to be there', () => {
    const code = 'no_deadline';
    const none = () => opportunity([]);
    expect(() => none().on(1, { kind: 'handle-deadline' })).toThrow(
      expect.objectContaining({ code }),
    );
    const snooze = { kind: 'snooze-deadline', until: minutes(99) } as const;
    const handled = opportunity().on(61, { kind: 'handle-deadline' });
    expect(() => handled.on(62, snooze)).toThrow(expect.objectContaining({ code }));
    const deleted = opportunity().on(61, { kind: 'delete' });
    expect(() => deleted.on(62, snooze)).toThrow(
      expect.objectContaining({ code: 'record_deleted' }),
    );
  });

  it('tells by whom and when it was touched; that it was set does not', () => {
    const life = opportunity();
    life.settings = policy([entry('two', 120)]);
    life.on(20, { kind: 'apply-overdue-policy' });
    expect(life.state.updatedAt).toBe(minutes(0));
    life.on(30, { kind: 'handle-deadline' });
    expect(life.state.updatedAt).toBe(minutes(30));
  });
});
