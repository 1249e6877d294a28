import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeadlineSetData, ReminderIssued } from '#crm';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import type { TestEvent } from '../support/open-stores.js';
import { captured, id } from '../support/sample-events.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
  await side.append(STREAM, captured('opportunity', { name: 'Camera' }, { ownerId: AN }));
});
afterEach(() => side.close());

const STREAM = `opportunity-${id(1)}`;
const AN = id(40);
const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;

function set(n: number, part: Partial<DeadlineSetData> = {}): TestEvent {
  const data = { deadlineId: id(n), cause: 'step', startedAt: at(0), assignee: { ownerId: AN } };
  return { type: 'OpportunityDeadlineSet', data: { ...data, ...part } };
}
function told(verb: string, n: number, data: object = {}): TestEvent {
  return { type: `OpportunityDeadline${verb}`, data: { deadlineId: id(n), ...data } };
}
function reminder(n: number, number: number, remindAt: string): TestEvent {
  const record = { type: 'opportunity', id: id(1) } as const;
  const data: ReminderIssued['data'] = {
    ...{ record, deadlineId: id(n), number, dueAt: at(1), remindAt },
    ...{ assignee: { ownerId: AN }, recipientIds: [AN] },
  };
  return { type: 'ReminderIssued', data };
}
const due = async (now: string) =>
  (await side.queries.findDueReminders({ now, limit: 10 })).documents.map(
    ({ deadlineId, reminders }) => [deadlineId, reminders],
  );
const overdue = async (now: string) =>
  (await side.queries.listOverdue({ now, access: { opportunity: 'all', activity: 'none' } }))
    .documents;

describe('the read model of deadlines', () => {
  it('finds what somebody is to be reminded of, and when again', async () => {
    await side.happen(STREAM, set(50, { to: at(1), repeatHours: 4 }));
    expect([await due(at(0)), await due(at(1))]).toEqual([[], [[id(50), 0]]]);
    await side.happen(`reminder-${id(50)}`, reminder(50, 1, at(1)));
    expect([await due(at(4)), await due(at(5))]).toEqual([[], [[id(50), 1]]]);
    await side.happen(STREAM, told('Snoozed', 50, { until: at(9) }));
    expect([await due(at(8)), await due(at(9))]).toEqual([[], [[id(50), 1]]]);
    expect(await overdue(at(8))).toEqual([
      expect.objectContaining({ name: 'Camera', reminders: 1, snoozedUntil: at(9) }),
    ]);
  });

  it('begins to count anew with another deadline, to which reminders of the one before mean nothing', async () => {
    await side.happen(STREAM, set(50, { to: at(1) }));
    await side.happen(`reminder-${id(50)}`, reminder(50, 1, at(1)));
    await side.happen(STREAM, set(51, { to: at(3) }));
    await side.happen(`reminder-${id(50)}`, reminder(50, 2, at(2)));
    expect(await due(at(3))).toEqual([[id(51), 0]]);
  });

  it('keeps the reminders of a deadline that was moved', async () => {
    await side.happen(STREAM, set(50, { to: at(1) }));
    await side.happen(`reminder-${id(50)}`, reminder(50, 1, at(1)));
    await side.happen(STREAM, set(50, { to: at(6), cause: 'policy' }));
    expect([await due(at(5)), await due(at(6))]).toEqual([[], [[id(50), 1]]]);
  });

  it.each([
    ['handled', told('Handled', 50)],
    ['over', set(50, { cause: 'end' })],
  ])('forgets what is %s', async (_, event) => {
    await side.happen(STREAM, set(50, { to: at(1) }));
    await side.happen(STREAM, event);
    await side.happen(`reminder-${id(50)}`, reminder(50, 1, at(1)));
    expect([await due(at(9)), await overdue(at(9))]).toEqual([[], []]);
  });
});

describe('the timeline of what was overdue', () => {
  const read = async (limit = 10, cursor?: string) => {
    const record = await side.queries.getRecord({ type: 'opportunity', id: id(1), access: 'all' });
    if (!record) throw new Error('There is no such record.');
    const at = cursor === undefined ? {} : { cursor };
    const accessTo = () => 'all' as const;
    return side.queries.readTimeline({ record, locale: 'en', accessTo, limit, ...at });
  };
  const types = async () => (await read()).entries.map(({ type }) => type);

  it('has the reminders among what else happened, page by page', async () => {
    await side.append(STREAM, set(50, { to: at(1), repeatHours: 4 }));
    await side.append(`reminder-${id(50)}`, reminder(50, 1, at(1)));
    await side.append(STREAM, { type: 'OpportunityTagged', data: { added: ['x'], removed: [] } });
    await side.happen(`reminder-${id(50)}`, reminder(50, 2, at(5)));
    const all = [
      'ReminderIssued',
      'OpportunityTagged',
      'ReminderIssued',
      'OpportunityDeadlineSet',
      'OpportunityCaptured',
    ];
    expect(await types()).toEqual(all);
    expect((await read()).entries[0]?.links).toEqual([]);
    const paged = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const { entries, next } = await read(1, cursor);
      paged.push(...entries.map(({ type }) => type));
      cursor = next;
    }
    expect(paged).toEqual(all);
  });

  it('has those that came after the deadline was handled', async () => {
    await side.append(STREAM, set(50, { to: at(1) }));
    await side.append(STREAM, told('Handled', 50));
    await side.happen(`reminder-${id(50)}`, reminder(50, 1, at(1)));
    expect((await types())[0]).toBe('ReminderIssued');
  });

  it('has the reminders of activities about it, and so has the activity’s own', async () => {
    const activity = { type: 'activity', id: id(2) } as const;
    const about = [{ type: 'opportunity', id: id(1) }] as const;
    const planned = { kind: 'call', subject: 'Gọi lại', links: about, assigneeId: AN };
    await side.append(`activity-${id(2)}`, { type: 'ActivityPlanned', data: planned });
    const { data } = reminder(51, 1, at(1));
    await side.happen(`reminder-${id(51)}`, {
      type: 'ReminderIssued',
      data: { ...data, record: activity, about },
    });
    const [entry] = (await read()).entries;
    expect(entry).toMatchObject({ type: 'ReminderIssued', links: [activity, ...about] });
    expect(entry).not.toHaveProperty('origin');
    const own = await side.queries.readActivityTimeline({
      ...{ activityId: id(2), locale: 'en', accessTo: () => 'all' },
    });
    expect(own.entries.map(({ type }) => type)).toEqual(['ReminderIssued', 'ActivityPlanned']);
  });
});
