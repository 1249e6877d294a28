import { LONGEST_TTL_S } from '#access';
import type { OverdueEntry, OverduePolicy, ReminderIssued, UserRole } from '#crm';
import { settableClock } from '#platform';
import { type Body, createClient, entriesOf, type TestClient } from '../support/client.js';
import { capture, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

/** Two days before clocks are moved in Berlin. */
const START = '2026-03-27T08:00:00.000Z';
const HOUR = 3_600_000;
const PATIENCE_MS = 10_000;

const clock = settableClock(START);
let api: TestApi;
let admin: TestClient;
beforeAll(async () => {
  api = await startApi({ clock, lookEveryMs: 20 });
  admin = await lasting(api.ledger.people.activeAdmins()[0] ?? '');
});
afterAll(() => api.stop());
beforeEach(() => clock.set(START));

/** Speaks as a user however far the clock is moved. */
async function lasting(id: string): Promise<TestClient & { readonly id: string }> {
  return { id, ...createClient(api.url, await api.ledger.issueToken(id, LONGEST_TTL_S)) };
}
async function user(roles: readonly UserRole[], teamIds: readonly string[] = []) {
  return lasting((await api.user(roles, teamIds)).id);
}

async function setPolicy(
  entries: readonly OverdueEntry[],
  part: Partial<OverduePolicy> & { applyToOpen?: boolean } = {},
): Promise<void> {
  const { applyToOpen = false, ...rest } = part;
  const body = { policy: { entries, ...rest }, applyToOpen };
  (await admin.put('/v1/settings/overdue-policy', body)).expect(200);
}
const hour = (part: Partial<OverdueEntry> = {}): OverdueEntry => ({
  ...{ id: 'hour', allowedMinutes: 60, ...part },
});

const opportunity = (fields: object, client: TestClient = admin) =>
  capture(client, 'opportunities', { name: unique('Camera'), ...fields });
const tell = async (path: string, client: TestClient = admin): Promise<Body> =>
  (await client.get(path)).expect(200);
const overdue = async (client: TestClient, query = ''): Promise<readonly Body[]> =>
  entriesOf((await tell(`/v1/reminders${query}`, client)).items);
const recordsIn = (items: readonly Body[]) => items.map(({ record }) => String(record?.id));

async function remindersOf(recordId: string): Promise<readonly ReminderIssued['data'][]> {
  const events = await api.ledger.stores.log.readAll({ limit: 1_000, prefixes: ['reminder-'] });
  return events
    .map(({ data }) => data as ReminderIssued['data'])
    .filter(({ record }) => record.id === recordId);
}

/** Waits until there are so many reminders, and a little longer for those that there must not be. */
async function reminded(recordId: string, times: number) {
  const deadline = performance.now() + PATIENCE_MS;
  while ((await remindersOf(recordId)).length < times && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await new Promise((resolve) => setTimeout(resolve, 60));
  const reminders = await remindersOf(recordId);
  expect(reminders).toHaveLength(times);
  return reminders;
}

describe('an opportunity that is overdue', () => {
  it('has its owner reminded once, again after so many hours, and is listed until it is handled', async () => {
    await setPolicy([hour({ repeatHours: 4 })]);
    const an = await user(['salesperson']);
    const name = unique('Camera');
    const id = await opportunity({ name, ownerId: an.id });
    const path = `/v1/opportunities/${id}`;
    expect((await tell(path)).deadline).toMatchObject({
      ...{ startedAt: START, dueAt: '2026-03-27T09:00:00.000Z', entryId: 'hour' },
    });
    expect(recordsIn(await overdue(an))).toEqual([]);

    clock.advance(2 * HOUR);
    const [first] = await reminded(id, 1);
    expect(first).toMatchObject({ recipientIds: [an.id], number: 1 });
    expect(await overdue(an)).toEqual([
      expect.objectContaining({
        ...{ record: { type: 'opportunity', id }, name, ownerId: an.id, reminders: 1 },
        ...{ dueAt: '2026-03-27T09:00:00.000Z', nextReminderAt: '2026-03-27T13:00:00.000Z' },
      }),
    ]);
    clock.advance(4 * HOUR);
    await reminded(id, 2);
    (await an.post(`${path}/deadline/handled`)).expect(200);
    expect(recordsIn(await overdue(an))).toEqual([]);
    expect((await tell(path)).deadline).toMatchObject({ handledAt: '2026-03-27T14:00:00.000Z' });
    clock.advance(48 * HOUR);
    await reminded(id, 2);
  });

  it('stays listed while it is snoozed, and its owner is reminded when that ends', async () => {
    await setPolicy([hour()]);
    const an = await user(['salesperson']);
    const id = await opportunity({ ownerId: an.id });
    clock.advance(2 * HOUR);
    await reminded(id, 1);
    const until = '2026-03-28T08:00:00.000Z';
    (await an.post(`/v1/opportunities/${id}/deadline/snooze`, { until })).expect(200);
    clock.advance(10 * HOUR);
    await reminded(id, 1);
    expect(await overdue(an)).toEqual([expect.objectContaining({ snoozedUntil: until })]);
    clock.advance(12 * HOUR);
    await reminded(id, 2);
  });

  it('is no more for whoever it is taken from, and counts anew for whoever gets it', async () => {
    await setPolicy([hour()]);
    const [an, binh] = [await user(['salesperson']), await user(['salesperson'])];
    const id = await opportunity({ ownerId: an.id });
    clock.advance(2 * HOUR);
    await reminded(id, 1);
    (await admin.post(`/v1/opportunities/${id}/assignment`, { ownerId: binh.id })).expect(200);
    expect([recordsIn(await overdue(an)), recordsIn(await overdue(binh))]).toEqual([[], []]);
    clock.advance(1.5 * HOUR);
    const [, second] = await reminded(id, 2);
    expect(second?.recipientIds).toEqual([binh.id]);
    expect(recordsIn(await overdue(binh))).toEqual([id]);
  });

  it.each([
    ['won', 'win', {}],
    ['lost', 'loss', { reason: 'Giá cao' }],
  ])('is not any more once it is %s', async (_, path, body) => {
    await setPolicy([hour()]);
    const an = await user(['salesperson']);
    const id = await opportunity({ ownerId: an.id });
    clock.advance(2 * HOUR);
    await reminded(id, 1);
    (await admin.post(`/v1/opportunities/${id}/${path}`, body)).expect(200);
    expect((await tell(`/v1/opportunities/${id}`)).deadline).toBeUndefined();
    expect(recordsIn(await overdue(an))).toEqual([]);
  });

  it('came to be by a conversion all the same', async () => {
    await setPolicy([hour()]);
    const an = await user(['salesperson']);
    const lead = await capture(admin, 'leads', { givenName: 'An', email: uniqueEmail() });
    const choices = { opportunity: { action: 'create', ownerId: an.id, values: { name: 'x' } } };
    const converted = (await admin.post(`/v1/leads/${lead}/conversion`, choices)).expect(200);
    const id = String(converted.conversion?.opportunityId);
    clock.advance(2 * HOUR);
    expect((await reminded(id, 1))[0]?.recipientIds).toEqual([an.id]);
  });

  it('goes with a merge, and the survivor’s is its own', async () => {
    await setPolicy([hour()]);
    const an = await user(['salesperson']);
    const [survivor, away] = [
      await opportunity({ ownerId: an.id }),
      await opportunity({ ownerId: an.id }),
    ];
    const records = [survivor, away].map((id) => ({ type: 'opportunity', id }));
    (await admin.post('/v1/merges', { records, survivor: records[0] })).expect(201);
    clock.advance(2 * HOUR);
    await reminded(survivor, 1);
    await reminded(away, 0);
    expect(recordsIn(await overdue(an))).toEqual([survivor]);
  });

  it('is reminded of once however the clock is moved, only of the latest after a leap', async () => {
    await setPolicy([hour({ repeatHours: 1 })]);
    const an = await user(['salesperson']);
    const id = await opportunity({ ownerId: an.id });
    clock.advance(1.5 * HOUR);
    await reminded(id, 1);
    clock.advance(-HOUR);
    await reminded(id, 1);
    clock.advance(25 * HOUR);
    const [, second] = await reminded(id, 2);
    expect(second).toMatchObject({ number: 2, remindAt: '2026-03-28T09:00:00.000Z' });
    clock.advance(-2 * HOUR);
    await reminded(id, 2);
  });

  it('is due by the calendar that the policy names, on days when clocks are moved too', async () => {
    const calendar = {
      ...{ calendarId: 'berlin', name: 'Berlin', timeZone: 'Europe/Berlin' },
      hours: { 6: [{ from: '09:00', to: '12:00' }], 7: [{ from: '01:00', to: '05:00' }] },
    };
    (await admin.post('/v1/settings/calendars', calendar)).expect(200);
    await setPolicy([hour({ calendarId: 'berlin', allowedMinutes: 300 })]);
    const id = await opportunity({ ownerId: (await user(['salesperson'])).id });
    // Three hours on Saturday; on Sunday it is 03:00 after 02:00, and the second hour ends at 04:00 there.
    expect((await tell(`/v1/opportunities/${id}`)).deadline?.dueAt).toBe(
      '2026-03-29T02:00:00.000Z',
    );
  });
});

describe('a changed policy', () => {
  it('leaves what is open as it is, or is applied to it as its administrator chooses', async () => {
    await setPolicy([hour()]);
    const an = await user(['salesperson']);
    const id = await opportunity({ ownerId: an.id });
    const due = async () => (await tell(`/v1/opportunities/${id}`)).deadline?.dueAt;
    await setPolicy([hour({ allowedMinutes: 30 })]);
    expect(await due()).toBe('2026-03-27T09:00:00.000Z');
    await setPolicy([hour({ allowedMinutes: 600 })], { applyToOpen: true });
    const deadline = performance.now() + PATIENCE_MS;
    while ((await due()) !== '2026-03-27T18:00:00.000Z' && performance.now() < deadline);
    expect(await due()).toBe('2026-03-27T18:00:00.000Z');
    clock.advance(2 * HOUR);
    await reminded(id, 0);
  });
});

describe('an activity past its due time', () => {
  it('has its assignee reminded after the grace, and is listed with what it is about until it is handled', async () => {
    await setPolicy([], { activities: { remind: true, graceMinutes: 15, repeatHours: 24 } });
    const an = await user(['salesperson']);
    const lead = await capture(admin, 'leads', { givenName: 'Bình', ownerId: an.id });
    const call = {
      ...{ kind: 'call', subject: 'Gọi lại', dueAt: '2026-03-27T09:00:00Z', assigneeId: an.id },
      links: [{ type: 'lead', id: lead }],
    };
    const { id } = (await admin.post('/v1/activities', call)).expect(201);
    clock.advance(70 * 60_000);
    await reminded(String(id), 0);
    clock.advance(10 * 60_000);
    const [first] = await reminded(String(id), 1);
    expect(first).toMatchObject({ recipientIds: [an.id], about: [{ type: 'lead', id: lead }] });
    expect(await overdue(an)).toEqual([
      expect.objectContaining({ record: { type: 'activity', id }, name: 'Gọi lại' }),
    ]);
    expect((await tell(`/v1/activities/${id}`, an)).deadline).toMatchObject({
      dueAt: '2026-03-27T09:15:00.000Z',
    });
    const until = '2026-03-28T00:00:00Z';
    (await an.post(`/v1/activities/${id}/deadline/snooze`, { until })).expect(200);
    (await an.post(`/v1/activities/${id}/deadline/handled`)).expect(200);
    expect(await overdue(an)).toEqual([]);
    clock.advance(72 * HOUR);
    await reminded(String(id), 1);
  });
});

describe('the list of what is overdue', () => {
  it('is one’s own, that of the team, or all that one may read', async () => {
    await setPolicy([hour()]);
    const team = await api.team();
    const [an, binh, stranger, lead] = [
      await user(['salesperson'], [team]),
      await user(['salesperson'], [team]),
      await user(['salesperson']),
      await user(['manager'], [team]),
    ];
    const own = await opportunity({ ownerId: an.id });
    clock.advance(60_000);
    const nobodys = await opportunity({ teamId: team });
    clock.advance(60_000);
    const binhs = await opportunity({ ownerId: binh.id, teamId: team });
    clock.advance(60_000);
    const theirs = await opportunity({ ownerId: stranger.id });
    clock.advance(2 * HOUR);
    await reminded(theirs, 1);
    const [told] = await remindersOf(nobodys);
    expect([...(told?.recipientIds ?? [])].sort()).toEqual([an.id, binh.id, lead.id].sort());
    expect(recordsIn(await overdue(an))).toEqual([own, nobodys]);
    expect(recordsIn(await overdue(an, '?whose=team'))).toEqual([own, nobodys, binhs]);
    expect(recordsIn(await overdue(lead, '?whose=all'))).toEqual([own, nobodys, binhs]);
    expect(recordsIn(await overdue(stranger, '?whose=team'))).toEqual([theirs]);
    expect(recordsIn(await overdue(stranger, '?whose=all'))).toEqual([theirs]);
    const all = recordsIn(await overdue(admin, '?whose=all&limit=200'));
    expect(all).toEqual(expect.arrayContaining([own, nobodys, binhs, theirs]));
  });

  it('comes in pages', async () => {
    await setPolicy([hour()]);
    const an = await user(['salesperson']);
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push(await opportunity({ ownerId: an.id }));
      clock.advance(60_000);
    }
    clock.advance(2 * HOUR);
    const first = await tell('/v1/reminders?limit=2', an);
    const second = await tell(`/v1/reminders?limit=2&cursor=${first.next}`, an);
    expect(recordsIn(entriesOf(first.items))).toEqual(ids.slice(0, 2));
    expect(recordsIn(entriesOf(second.items))).toEqual(ids.slice(2));
    expect(second.next).toBeUndefined();
  });

  it.each(['?whose=yours', '?limit=0', '?cursor=x'])('is not asked for by %s', async (query) => {
    const { status } = await admin.get(`/v1/reminders${query}`);
    expect(status).toBe(400);
  });
});

describe('what is asked of a deadline', () => {
  it.each([
    ['no moment', {}, 400, 'until'],
    ['what is none', { until: 'mai' }, 400, 'until'],
    ['one that is gone', { until: '2026-03-27T07:59:59Z' }, 422, 'until'],
    ['one too far ahead', { until: '2028-03-27T07:59:59Z' }, 422, 'until'],
    ['something else besides', { until: '2026-03-28T00:00:00Z', why: 'x' }, 400, 'why'],
  ])('is refused without a trace: a snooze until %s', async (_, body, status, path) => {
    await setPolicy([hour()]);
    const id = await opportunity({ ownerId: (await user(['salesperson'])).id });
    const head = await api.head();
    const refused = await admin.post(`/v1/opportunities/${id}/deadline/snooze`, body);
    expect([refused.status, entriesOf(refused.body.errors)[0]?.path]).toEqual([status, path]);
    expect(await api.head()).toBe(head);
  });

  it('is refused where nothing waits, and to whoever may not edit the record', async () => {
    await setPolicy([]);
    const [an, other] = [await user(['salesperson']), await user(['salesperson'])];
    const id = await opportunity({ ownerId: an.id });
    const handled = `/v1/opportunities/${id}/deadline/handled`;
    const refused = (await an.post(handled)).expect(409);
    expect(refused.code).toBe('no_deadline');
    (await other.post(handled)).expect(404);
    (await (await user(['analyst'])).post(handled)).expect(403);
  });
});

describe('an opportunity’s history', () => {
  it('tells of its deadlines in words', async () => {
    await setPolicy([hour()]);
    const id = await opportunity({ ownerId: (await user(['salesperson'])).id });
    const path = `/v1/opportunities/${id}`;
    const until = '2026-03-27T10:00:00Z';
    (await admin.post(`${path}/deadline/snooze`, { until })).expect(200);
    (await admin.patch(path, { processingStep: 'Gửi báo giá' })).expect(200);
    (await admin.post(`${path}/deadline/handled`)).expect(200);
    const told = async (language: string) => {
      const headers = { 'accept-language': language };
      const { items } = (await admin.get(`${path}/timeline`, headers)).expect(200);
      return entriesOf(items)
        .filter(({ type }) => String(type).includes('Deadline'))
        .map(({ text }) => text);
    };
    expect(await told('en')).toEqual([
      'Admin marked the deadline as handled.',
      'The deadline is 27/03/2026 09:00 UTC for the new step; before: 27/03/2026 09:00 UTC.',
      'Admin put reminders off until 27/03/2026 10:00 UTC.',
      'The deadline is 27/03/2026 09:00 UTC.',
    ]);
    expect(await told('vi')).toEqual([
      'Admin đã đánh dấu hạn xử lý là đã xong.',
      'Hạn xử lý là 27/03/2026 09:00 UTC cho bước mới; trước đó: 27/03/2026 09:00 UTC.',
      'Admin đã hoãn nhắc nhở đến 27/03/2026 10:00 UTC.',
      'Hạn xử lý là 27/03/2026 09:00 UTC.',
    ]);
  });

  it('tells what the deadline was, as of any moment', async () => {
    await setPolicy([hour()]);
    const id = await opportunity({ ownerId: (await user(['salesperson'])).id });
    clock.advance(HOUR / 2);
    (await admin.post(`/v1/opportunities/${id}/win`)).expect(200);
    const then = await tell(`/v1/opportunities/${id}?asOf=2026-03-27T08:10:00Z`);
    expect(then.deadline).toMatchObject({ dueAt: '2026-03-27T09:00:00.000Z' });
  });

  it('is filtered by its deadline', async () => {
    await setPolicy([hour()]);
    const an = await user(['salesperson']);
    const id = await opportunity({ ownerId: an.id });
    const list = async (filter: object) => {
      const query = encodeURIComponent(JSON.stringify(filter));
      return entriesOf((await tell(`/v1/opportunities?filter=${query}`, an)).items);
    };
    const before = { 'deadline.dueAt': { $lt: '2026-03-27T09:00:01.000Z' } };
    expect((await list(before)).map((one) => one.id)).toEqual([id]);
    expect(await list({ 'deadline.dueAt': { $lt: '2026-03-27T09:00:00.000Z' } })).toEqual([]);
  });
});
