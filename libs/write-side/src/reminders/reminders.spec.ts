import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpportunityState, OverdueEntry, ReminderIssued, Uuid } from '#crm';
import { scanningReminderFinder } from '../../test/scanning-reminder-finder.js';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';
import { createReminders, type ReminderFinder } from '../index.js';

const AN = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const BINH = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';
const GONE = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const TEAM = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const HOUR = 3_600_000;

let workshop: Workshop;
let finder: ReminderFinder;
let now: number;
const failures: unknown[] = [];

beforeEach(async () => {
  workshop = await openWorkshop();
  finder = scanningReminderFinder(
    workshop.log,
    async () => (await workshop.all('opportunity')) as readonly OpportunityState[],
  );
  now = Date.now();
  failures.length = 0;
});
afterEach(() => workshop.close());

/** A process that reminds, on a clock that the test sets. */
function reminders(found: ReminderFinder = finder) {
  return createReminders({
    ...{ log: workshop.log, settings: workshop.settings, finder: found },
    now: () => new Date(now).toISOString(),
    recipients: {
      isActiveUser: (id) => id !== GONE,
      membersOf: (id) => (id === TEAM ? [AN, BINH, GONE] : []),
    },
    failed: (_, error) => failures.push(error),
  });
}

async function allow(part: Partial<OverdueEntry> = {}): Promise<void> {
  const policy = { entries: [{ id: 'hour', allowedMinutes: 60, ...part }] };
  await workshop.settingsCommands.handle({ kind: 'set-overdue-policy', policy }, envelope());
}

const opportunity = (part: { ownerId?: Uuid; teamId?: Uuid } = { ownerId: AN }) =>
  captured(workshop, 'opportunity', { name: 'Camera' }, part);

async function issued(): Promise<readonly ReminderIssued['data'][]> {
  const events = await workshop.log.readAll({ limit: 10_000, prefixes: ['reminder-'] });
  return events.map(({ data }) => data as ReminderIssued['data']);
}

describe('the process that reminds', () => {
  it('reminds the owner once the time has passed, once', async () => {
    await allow();
    const id = await opportunity();
    const process = reminders();
    expect(await process.look()).toBe(0);
    now += 2 * HOUR;
    expect(await process.look()).toBe(1);
    expect(await process.look()).toBe(0);
    expect(await issued()).toEqual([
      expect.objectContaining({
        ...{ record: { type: 'opportunity', id }, number: 1, recipientIds: [AN] },
      }),
    ]);
  });

  it.each([
    ['a team without an owner', { teamId: TEAM }, [AN, BINH]],
    ['the team of an owner who has left', { ownerId: GONE, teamId: TEAM }, [AN, BINH]],
    ['nobody where there is nobody', { ownerId: GONE }, []],
  ])('reminds %s', async (_, part, recipientIds) => {
    await allow();
    await opportunity(part);
    now += 2 * HOUR;
    await reminders().look();
    expect((await issued()).map((one) => one.recipientIds)).toEqual([recipientIds]);
  });

  it('reminds again every so many hours, and only once after a rest', async () => {
    await allow({ repeatHours: 4 });
    await opportunity();
    for (const hours of [2, 3.5, 24]) {
      now += hours * HOUR;
      await reminders().look();
    }
    expect((await issued()).map(({ number }) => number)).toEqual([1, 2, 3]);
    const [first, , third] = await issued();
    expect(Date.parse(third?.remindAt ?? '') - Date.parse(first?.dueAt ?? '')).toBe(28 * HOUR);
  });

  it('reminds whoever has it now, and of nothing that is done', async () => {
    await allow();
    const [given, handled, won] = [await opportunity(), await opportunity(), await opportunity()];
    const stale = await finder.find({ now: new Date(now + 99 * HOUR).toISOString(), limit: 9 });
    const handle = (id: Uuid, command: Parameters<Workshop['records']['handle']>[2]) =>
      workshop.records.handle('opportunity', id, command, envelope());
    await handle(given, { kind: 'assign', ownerId: BINH });
    await handle(handled, { kind: 'handle-deadline' });
    await handle(won, { kind: 'win' });
    now += 2 * HOUR;
    // A read model that is behind finds what was.
    expect(await reminders({ ...finder, find: async () => stale }).look()).toBe(0);
    await reminders().look();
    expect((await issued()).map(({ recipientIds }) => recipientIds)).toEqual([[BINH]]);
  });

  it('waits for the end of a snooze', async () => {
    await allow();
    const id = await opportunity();
    now += 2 * HOUR;
    await reminders().look();
    const until = new Date(Date.now() + 9 * HOUR).toISOString();
    const snooze = { kind: 'snooze-deadline', until } as const;
    await workshop.records.handle('opportunity', id, snooze, envelope());
    now += 6 * HOUR;
    expect(await reminders().look()).toBe(0);
    now += 2 * HOUR;
    expect(await reminders().look()).toBe(1);
    expect((await issued()).map(({ remindAt }) => remindAt)[1]).toBe(until);
  });

  it('reminds of each once where several processes do, on read models that are behind', async () => {
    await allow({ repeatHours: 1 });
    for (let count = 0; count < 20; count += 1) await opportunity();
    now += 2 * HOUR;
    const due = await finder.find({ now: new Date(now).toISOString(), limit: 99 });
    const behind = { ...finder, find: async () => due };
    await Promise.all(Array.from({ length: 4 }, () => reminders(behind).look()));
    // The clock of one is ahead; the others have found what it has done by then.
    now += 3 * HOUR;
    await reminders(behind).look();
    now -= 3 * HOUR;
    await Promise.all([reminders(behind).look(), reminders().look()]);
    const all = await issued();
    expect(all.map(({ number }) => number).sort()).toEqual([
      ...Array.from({ length: 20 }, () => 1),
      ...Array.from({ length: 20 }, () => 2),
    ]);
    expect(new Set(all.map((one) => one.deadlineId)).size).toBe(20);
    expect(failures).toEqual([]);
  });

  it('goes on after one that cannot be issued', async () => {
    await allow();
    const [first, second] = [await opportunity(), await opportunity()];
    now += 2 * HOUR;
    let broken = true;
    const { log } = workshop;
    const process = createReminders({
      ...{ settings: workshop.settings, finder, now: () => new Date(now).toISOString() },
      log: {
        ...log,
        readStream: async (read) => {
          if (broken && read.stream.endsWith(first)) throw new Error('away');
          return log.readStream(read);
        },
      },
      recipients: { isActiveUser: () => true, membersOf: () => [] },
      failed: (_, error) => failures.push(error),
    });
    expect(await process.look()).toBe(1);
    expect(failures).toHaveLength(1);
    broken = false;
    expect(await process.look()).toBe(1);
    expect((await issued()).map(({ record }) => record.id).sort()).toEqual([first, second].sort());
  });
});
