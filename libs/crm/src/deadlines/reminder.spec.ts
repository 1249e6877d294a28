import * as fc from 'fast-check';
import { contextWith, fold, ID, minutes, OTHER_ID } from '../../test/given.js';
import { nextReminder, type ReminderIssued, reminderDecider, reminderDue } from './reminder.js';

const hours = (count: number) => minutes(count * 60);

describe('when somebody is reminded', () => {
  const once = { dueAt: hours(1) };
  const again = { dueAt: hours(1), repeatHours: 4 };

  it('is the due time, once', () => {
    expect(nextReminder(once)).toBe(hours(1));
    expect(nextReminder(once, hours(1))).toBeUndefined();
    expect(reminderDue(once, undefined, minutes(59))).toBeUndefined();
    expect(reminderDue(once, undefined, hours(1))).toBe(hours(1));
    expect(reminderDue(once, undefined, hours(99))).toBe(hours(1));
    expect(reminderDue(once, hours(1), hours(99))).toBeUndefined();
  });

  it('is every so many hours from then', () => {
    expect(nextReminder(again, hours(1))).toBe(hours(5));
    expect(reminderDue(again, hours(1), hours(4))).toBeUndefined();
    expect(reminderDue(again, hours(1), hours(5))).toBe(hours(5));
  });

  it('is only the latest when time has leapt', () => {
    expect(reminderDue(again, undefined, hours(24))).toBe(hours(21));
    expect(reminderDue(again, hours(5), hours(24))).toBe(hours(21));
    expect(nextReminder(again, hours(21))).toBe(hours(25));
  });

  it('is not before the end of a snooze, and repeated from there', () => {
    const snoozed = { ...again, snoozedUntil: hours(7) };
    expect(nextReminder(snoozed, hours(5))).toBe(hours(7));
    expect(nextReminder(snoozed, hours(7))).toBe(hours(11));
    expect(nextReminder({ ...once, snoozedUntil: hours(7) }, hours(1))).toBe(hours(7));
    // A snooze that ends before the due time changes nothing.
    expect(nextReminder({ ...again, snoozedUntil: minutes(30) })).toBe(hours(1));
  });

  it('is again when the deadline was moved ahead, and not when it was moved back', () => {
    expect(nextReminder({ dueAt: hours(9) }, hours(1))).toBe(hours(9));
    expect(nextReminder({ dueAt: hours(1) }, hours(9))).toBeUndefined();
    expect(nextReminder({ dueAt: hours(1), repeatHours: 3 }, hours(9))).toBe(hours(10));
  });
});

describe('the reminders of a deadline', () => {
  const reminder = (remindAt: string) => ({
    ...{ record: { type: 'opportunity', id: OTHER_ID } as const, dueAt: hours(1), remindAt },
    ...{ assignee: { ownerId: ID }, recipientIds: [ID] },
  });
  const issue = (events: readonly ReminderIssued[], remindAt: string) =>
    reminderDecider.decide(
      fold(reminderDecider, events),
      { kind: 'issue', reminder: reminder(remindAt) },
      contextWith(),
    );

  it('are counted', () => {
    const first = issue([], hours(1));
    expect(first).toEqual([
      { type: 'ReminderIssued', data: { ...reminder(hours(1)), deadlineId: ID, number: 1 } },
    ]);
    expect(issue(first, hours(5))[0]?.data.number).toBe(2);
  });

  it('are never issued twice, nor after a later one', () => {
    const fifth = issue([], hours(5));
    expect(issue(fifth, hours(5))).toEqual([]);
    expect(issue(fifth, hours(1))).toEqual([]);
  });

  it('rise, however clocks leap', () => {
    const moments = fc.array(fc.integer({ min: -3_000, max: 3_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(moments, fc.option(fc.integer({ min: 1, max: 9 })), (times, repeat) => {
        const deadline = { dueAt: hours(1), ...(repeat && { repeatHours: repeat }) };
        let events: readonly ReminderIssued[] = [];
        for (const time of times) {
          const { remindedFor } = fold(reminderDecider, events);
          // As a process does that knows the latest, and as one that knows of none.
          for (const known of [remindedFor, undefined]) {
            const due = reminderDue(deadline, known, minutes(time));
            if (due === undefined) continue;
            expect(due <= minutes(time)).toBe(true);
            events = [...events, ...issue(events, due)];
          }
        }
        const told = events.map(({ data }) => data.remindAt);
        expect(told).toEqual([...new Set(told)].sort());
        expect(events.map(({ data }) => data.number)).toEqual(told.map((_, index) => index + 1));
        if (times.some((time) => time >= 60)) expect(told.length).toBeGreaterThan(0);
        if (repeat === null) expect(told.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
