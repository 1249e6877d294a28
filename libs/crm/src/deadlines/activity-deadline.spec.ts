import { AN, BINH, Life, policy } from '../../test/deadlines.js';
import { minutes, OTHER_ID } from '../../test/given.js';
import { activityDecider } from '../activity/activity.js';
import type { ActivityCommand } from '../activity/activity-commands.js';

const REMIND = { remind: true, graceMinutes: 15, repeatHours: 24 };

/** A call that An is to make by minute 60. */
function call({ dueAt = minutes(60) as string | null, activities = REMIND } = {}) {
  const life = new Life(activityDecider, policy([], { activities }));
  const links = [{ type: 'lead', id: OTHER_ID }] as const;
  const kind = dueAt === null ? 'task' : 'call';
  const activity = { kind, subject: 'Gọi lại', assigneeId: AN, links } as const;
  return life.on(0, { kind: 'plan', activity: { ...activity, ...(dueAt && { dueAt }) } });
}

describe('the deadline of an activity', () => {
  it('is its due time and a grace', () => {
    const life = call();
    expect(life.told('DeadlineSet')).toEqual([
      {
        deadlineId: expect.any(String),
        cause: 'assignment',
        startedAt: minutes(0),
        assignee: { ownerId: AN },
        to: minutes(75),
        repeatHours: 24,
      },
    ]);
  });

  it('is none for what has no due time, and where nobody wants to be reminded', () => {
    expect(call({ dueAt: null }).events).toHaveLength(1);
    expect(call({ activities: { ...REMIND, remind: false } }).events).toHaveLength(1);
  });

  it.each<[string, ActivityCommand, object]>([
    [
      'is due at another time',
      { kind: 'reschedule', dueAt: minutes(90) },
      { to: minutes(105), cause: 'due' },
    ],
    [
      'is somebody else’s',
      { kind: 'reassign', assigneeId: BINH },
      { to: minutes(75), cause: 'assignment', assignee: { ownerId: BINH } },
    ],
  ])('counts anew when it %s', (_, command, expected) => {
    const life = call();
    const before = life.state.deadline?.id;
    life.on(10, command);
    expect(life.told('DeadlineSet')).toEqual([expect.objectContaining(expected)]);
    expect(life.state.deadline?.id).not.toBe(before);
  });

  it.each<[string, ActivityCommand]>([
    ['done', { kind: 'complete' }],
    ['cancelled', { kind: 'cancel' }],
    ['deleted', { kind: 'delete' }],
    ['nobody’s', { kind: 'reassign', assigneeId: null }],
  ])('ends when it is %s', (_, command) => {
    const life = call().on(10, command);
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({ cause: 'end', from: minutes(75), assignee: { ownerId: AN } }),
    ]);
    expect(life.state.deadline).toBeUndefined();
  });

  it.each<[ActivityCommand, ActivityCommand]>([
    [{ kind: 'complete' }, { kind: 'reopen' }],
    [{ kind: 'delete' }, { kind: 'restore' }],
  ])('counts anew after %j and %j', (close, open) => {
    const life = call().on(10, close).on(20, open);
    expect(life.told('DeadlineSet')).toEqual([
      expect.objectContaining({ cause: 'resumption', to: minutes(75) }),
    ]);
  });

  it('is snoozed and handled as that of an opportunity is', () => {
    const life = call().on(80, { kind: 'snooze-deadline', until: minutes(200) });
    expect(life.state.deadline?.snoozedUntil).toBe(minutes(200));
    expect(life.on(90, { kind: 'handle-deadline' }).state.deadline?.handledAt).toBe(minutes(90));
    expect(life.state.status).toBe('planned');
  });

  it('is moved by a policy that is applied to what is open', () => {
    const life = call({ activities: { ...REMIND, remind: false } });
    life.settings = policy([], { activities: REMIND });
    life.on(500, { kind: 'apply-overdue-policy' });
    expect(life.state.deadline?.dueAt).toBe(minutes(75));
  });
});
