import { given, ID, minutes, OTHER_ID } from '../../test/given.js';
import type { RecordRef } from '../record/record-type.js';
import { activityDecider } from './activity.js';
import type { ActivityCommand, PlanActivity } from './activity-commands.js';
import type { ActivityEvent } from './activity-events.js';

const LEAD: RecordRef = { type: 'lead', id: ID };
const CONTACT: RecordRef = { type: 'contact', id: OTHER_ID };
const PLAN: PlanActivity = {
  kind: 'plan',
  activity: {
    kind: 'call',
    subject: ' Gọi lại ',
    dueAt: '2026-03-02T16:30:00+07:00',
    assigneeId: OTHER_ID,
    links: [LEAD, LEAD],
  },
};
const PLANNED: ActivityEvent = {
  type: 'ActivityPlanned',
  data: {
    kind: 'call',
    subject: 'Gọi lại',
    dueAt: '2026-03-02T09:30:00.000Z',
    assigneeId: OTHER_ID,
    links: [LEAD],
  },
};
const DONE: ActivityEvent = { type: 'ActivityCompleted', data: {} };
const CANCELLED: ActivityEvent = { type: 'ActivityCancelled', data: {} };
const DELETED: ActivityEvent = { type: 'ActivityDeleted', data: {} };
const planned = given(activityDecider, [PLANNED]);

describe('planning an activity', () => {
  it('records its time in UTC and each link once', () => {
    given(activityDecider).when(PLAN).decides(PLANNED);
  });

  it('twice is refused', () => {
    planned.when(PLAN).refused('activity_exists');
  });

  it.each<[string, object, readonly string[]]>([
    ['an unknown kind', { kind: 'fax' }, ['kind']],
    ['no subject', { subject: ' ' }, ['subject']],
    ['a subject of two lines', { subject: 'a\nb' }, ['subject']],
    ['a call without a time', { dueAt: undefined }, ['dueAt']],
    ['a meeting whose time is null', { kind: 'meeting', dueAt: null }, ['dueAt']],
    ['a time without offset', { dueAt: '2026-03-02T16:30:00' }, ['dueAt']],
    ['a day that is none', { dueAt: '2026-02-30T16:30:00Z' }, ['dueAt']],
    ['an assignee that is no id', { assigneeId: 'Khương' }, ['assigneeId']],
    ['no link', { links: [] }, ['links']],
    ['a link to a user', { links: [{ type: 'user', id: ID }] }, ['links.0.type']],
    ['a link without an id', { links: [LEAD, { type: 'lead' }] }, ['links.1.id']],
    ['too many links', { links: Array.from({ length: 21 }, () => LEAD) }, ['links']],
  ])('refuses %s', (_what, part, paths) => {
    given(activityDecider)
      .when({ ...PLAN, activity: { ...PLAN.activity, ...part } })
      .refused('invalid_fields', ...paths);
  });

  it('lets a task do without a time', () => {
    const { dueAt } = given(activityDecider)
      .when({ ...PLAN, activity: { ...PLAN.activity, kind: 'task', dueAt: undefined } })
      .after();
    expect(dueAt).toBeUndefined();
  });
});

describe('changing an activity', () => {
  it('tells old and new values', () => {
    planned
      .when({ kind: 'edit', activityKind: 'meeting', subject: 'Gọi lại', description: 'ở quán' })
      .decides({
        type: 'ActivityEdited',
        data: {
          changes: [
            { field: 'kind', from: 'call', to: 'meeting' },
            { field: 'description', to: 'ở quán' },
          ],
        },
      });
  });

  it('to what it is decides nothing', () => {
    planned.when({ kind: 'edit', subject: 'Gọi lại', description: null }).decides();
    planned.when({ kind: 'reschedule', dueAt: '2026-03-02T09:30:00Z' }).decides();
    planned.when({ kind: 'reassign', assigneeId: OTHER_ID.toUpperCase() }).decides();
    planned.when({ kind: 'reopen' }).decides();
  });

  it('reschedules and reassigns, to nobody too', () => {
    planned.when({ kind: 'reschedule', dueAt: '2026-03-03T09:30:00Z' }).decides({
      type: 'ActivityRescheduled',
      data: { from: '2026-03-02T09:30:00.000Z', to: '2026-03-03T09:30:00.000Z' },
    });
    planned
      .when({ kind: 'reassign', assigneeId: null })
      .decides({ type: 'ActivityAssigned', data: { from: OTHER_ID } });
  });

  it('keeps the time of a call', () => {
    planned.when({ kind: 'reschedule', dueAt: null }).refused('invalid_fields', 'dueAt');
  });

  it.each<ActivityCommand>([
    { kind: 'reschedule', dueAt: '2026-03-03T09:30:00Z' },
    { kind: 'reassign', assigneeId: ID },
    { kind: 'cancel' },
  ])('refuses to $kind what is done', (command) => {
    given(activityDecider, [PLANNED, DONE]).when(command).refused('activity_closed');
  });
});

describe('closing an activity', () => {
  it('completes it once, with what came of it', () => {
    planned
      .when({ kind: 'complete', outcome: ' Đồng ý gặp ' })
      .decides({ type: 'ActivityCompleted', data: { outcome: 'Đồng ý gặp' } });
    given(activityDecider, [PLANNED, DONE]).when({ kind: 'complete' }).decides();
  });

  it('cancels it once', () => {
    planned
      .when({ kind: 'cancel', reason: 'khách bận' })
      .decides({ type: 'ActivityCancelled', data: { reason: 'khách bận' } });
    given(activityDecider, [PLANNED, CANCELLED]).when({ kind: 'cancel' }).decides();
    given(activityDecider, [PLANNED, CANCELLED])
      .when({ kind: 'complete' })
      .refused('activity_closed');
  });

  it('can be taken back', () => {
    const done = given(activityDecider, [PLANNED, DONE]);
    expect(done.state).toMatchObject({ status: 'done', closedAt: minutes(1) });
    expect(done.when({ kind: 'reopen' }).after()).toMatchObject({
      status: 'planned',
      closedAt: undefined,
    });
  });
});

describe('the links of an activity', () => {
  const linked: ActivityEvent = { type: 'ActivityLinked', data: { link: CONTACT } };

  it('are added once', () => {
    planned.when({ kind: 'link', link: CONTACT }).decides(linked);
    given(activityDecider, [PLANNED, linked]).when({ kind: 'link', link: CONTACT }).decides();
    planned
      .when({ kind: 'link', link: { type: 'lead', id: 'x' } })
      .refused('invalid_fields', 'link.id');
  });

  it('are removed, but for the last', () => {
    const { links } = given(activityDecider, [PLANNED, linked])
      .when({ kind: 'unlink', link: LEAD })
      .after();
    expect(links).toEqual([CONTACT]);
    planned.when({ kind: 'unlink', link: LEAD }).refused('last_link', 'link');
    planned.when({ kind: 'unlink', link: CONTACT }).decides();
  });

  it('are twenty at most', () => {
    const many = Array.from({ length: 19 }, (_, index): ActivityEvent => {
      const id = `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
      return { type: 'ActivityLinked', data: { link: { type: 'lead', id } } };
    });
    given(activityDecider, [PLANNED, ...many])
      .when({ kind: 'link', link: CONTACT })
      .refused('too_many_links', 'link');
  });
});

describe('deleting an activity', () => {
  it('is done once, and can be taken back once', () => {
    planned.when({ kind: 'delete' }).decides(DELETED);
    const deleted = given(activityDecider, [PLANNED, DELETED]);
    deleted.when({ kind: 'delete' }).decides();
    deleted.when({ kind: 'complete' }).refused('activity_deleted');
    deleted.when({ kind: 'restore' }).decides({ type: 'ActivityRestored', data: {} });
    planned.when({ kind: 'restore' }).decides();
  });

  it('is refused when it is not there', () => {
    given(activityDecider).when({ kind: 'delete' }).refused('activity_not_found');
  });
});
