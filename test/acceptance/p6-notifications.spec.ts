import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SettableClock, settableClock } from '#platform';
import { type Body, entriesOf, member, type TestClient } from '../support/client.js';
import {
  headerOf,
  type MailServer,
  type ReceivedMail,
  startMailServer,
  textOf,
} from '../support/mail-server.js';
import { type StartOptions, startApi, type TestApi, type TestUser } from '../support/start-api.js';
import { until } from '../support/until.js';

const CAMERAS = 'Ezviz C6T 2MP';

describe('P6 Notifications', () => {
  let api: TestApi;
  let server: MailServer;
  let clock: SettableClock;
  let team: string;
  let seller: TestUser;
  let manager: TestUser;
  const options = (): StartOptions => ({
    ...{ clock, chance: () => 0.5, lookEveryMs: 20 },
    config: {
      mail: { smtpUrl: server.url, from: 'crm@example.vn' },
      publicUrl: 'https://crm.example.vn',
    },
  });
  beforeAll(async () => {
    server = await startMailServer();
    clock = settableClock('2026-03-02T02:30:00.000Z');
    api = await startApi(options());
    team = await api.team();
    seller = await api.user(['salesperson'], [team]);
    manager = await api.user(['manager'], [team]);
    const rule = {
      ...{ ruleId: 'cameras', name: 'Camera', filter: { products: CAMERAS } },
      to: [{ kind: 'role', role: 'manager' }],
    };
    (await api.admin.post('/v1/settings/recipients', rule)).expect(200);
  });
  afterAll(async () => {
    await api.stop();
    await server.close();
  });

  const inboxOf = async (user: TestClient, query = '') =>
    (await user.get(`/v1/notifications${query}`)).expect(200);
  const noticesOf = (user: TestClient, id: string, kind: string): Promise<readonly Body[]> =>
    until(async () => {
      const items = entriesOf((await inboxOf(user)).items).filter(
        (notice) => notice.record?.id === id && notice.kind === kind,
      );
      return items.length > 0 ? items : undefined;
    });
  const emailOf = ({ id }: TestUser) => api.ledger.people.user(id)?.email ?? '';
  const mailWith = (user: TestUser, text: string): Promise<ReceivedMail> =>
    until(() =>
      server.mails.find((mail) => mail.to.includes(emailOf(user)) && textOf(mail).includes(text)),
    );
  const capture = async (fields: object, more: object = {}) =>
    member((await api.admin.post('/v1/opportunities', { ...fields, ...more })).expect(201), 'id');
  const name = () => `Lắp camera ${randomUUID()}`;
  const deliveries = async (query: string) =>
    entriesOf((await api.admin.get(`/v1/deliveries?${query}`)).expect(200).items);
  const prefer = async (user: TestClient, body: object) =>
    (await user.patch('/v1/me/notification-preferences', body)).expect(200);

  it('tells recipients of a new opportunity under the rule’s condition, in the inbox and by e-mail', async () => {
    const [other, called] = [await capture({ name: name(), products: ['Ezviz C8'] }), name()];
    const id = await capture({ name: called, products: [CAMERAS] }, { teamId: team });
    expect(await noticesOf(manager, id, 'new-opportunity')).toMatchObject([
      { record: { type: 'opportunity', id }, read: false },
    ]);
    const mail = await mailWith(manager, called);
    expect(headerOf(mail, 'subject')).toBe(`New: opportunity “${called}”`);
    expect(textOf(mail)).toContain(`https://crm.example.vn/opportunities/${id}\r\n`);
    const items = entriesOf((await inboxOf(manager)).items);
    expect(items.map((notice) => notice.record?.id)).not.toContain(other);
  });

  it('tells nobody by e-mail what something is called that they may not see', async () => {
    const called = name();
    const before = server.mails.length;
    const id = await capture({ name: called, products: [CAMERAS] });
    await noticesOf(manager, id, 'new-opportunity');
    const mail = await until(() => server.mails[before]);
    expect(headerOf(mail, 'subject')).toBe('New: opportunity');
    expect(textOf(mail)).not.toContain(called);
  });

  it('tells the new owner of an assignment, but nobody of their own', async () => {
    const id = await capture({ name: name() }, { teamId: team });
    const take = { ownerId: manager.id };
    (await manager.post(`/v1/opportunities/${id}/assignment`, take)).expect(200);
    const give = { ownerId: seller.id };
    (await manager.post(`/v1/opportunities/${id}/assignment`, give)).expect(200);
    expect(await noticesOf(seller, id, 'assignment')).toHaveLength(1);
    const own = entriesOf((await inboxOf(manager)).items);
    expect(own.filter((notice) => notice.record?.id === id)).toEqual([]);
  });

  it('tells whom an assignment rule chose, whichever way the opportunity came', async () => {
    const rule = {
      ...{ ruleId: 'solar', name: 'Điện mặt trời', filter: { products: 'Solar' } },
      handler: { kind: 'user', userId: seller.id },
    };
    (await api.admin.post('/v1/settings/assignment-rules', rule)).expect(200);
    const id = await capture({ name: name(), products: ['Solar'] });
    expect(await noticesOf(seller, id, 'assignment')).toHaveLength(1);
    const lead = { givenName: 'Khương', products: ['Solar'] };
    const leadId = member((await api.admin.post('/v1/leads', lead)).expect(201), 'id');
    const convert = {
      opportunity: { action: 'create' },
      contact: { action: 'none' },
      account: { action: 'none' },
    };
    const converted = (await api.admin.post(`/v1/leads/${leadId}/conversion`, convert)).expect(200);
    const opportunityId = member(converted.conversion ?? ('' as Body), 'opportunityId');
    expect(await noticesOf(seller, opportunityId, 'assignment')).toHaveLength(1);
  });

  it('tells whoever an activity is planned for', async () => {
    const opportunity = await capture({ name: name() });
    const activity = {
      dueAt: '2026-03-03T02:00:00.000Z',
      ...{ kind: 'call', subject: 'Gọi lại khách', assigneeId: seller.id },
      links: [{ type: 'opportunity', id: opportunity }],
    };
    const id = member((await api.admin.post('/v1/activities', activity)).expect(201), 'id');
    expect(await noticesOf(seller, id, 'assignment')).toMatchObject([
      { record: { type: 'activity', id }, about: [{ type: 'opportunity', id: opportunity }] },
    ]);
    await mailWith(seller, 'Assigned to you: activity “Gọi lại khách”');
  });

  it('reminds of what is overdue, once', async () => {
    const policy = { entries: [{ id: 'soon', allowedMinutes: 10 }] };
    (await api.admin.put('/v1/settings/overdue-policy', { policy })).expect(200);
    const called = name();
    const id = await capture({ name: called }, { ownerId: seller.id, teamId: team });
    clock.advance(600_000);
    expect(await noticesOf(seller, id, 'overdue')).toMatchObject([
      { record: { type: 'opportunity', id } },
    ]);
    await mailWith(seller, `Overdue: opportunity “${called}”`);
    (await api.admin.put('/v1/settings/overdue-policy', { policy: { entries: [] } })).expect(200);
  });

  it('counts what is unread, and marks one or all as read', async () => {
    const user = await api.user(['salesperson']);
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push(await capture({ name: name() }, { ownerId: user.id }));
    }
    for (const id of ids) await noticesOf(user, id, 'assignment');
    const inbox = await inboxOf(user);
    expect(inbox.unread).toBe(3);
    const [newest] = entriesOf(inbox.items);
    const read = (await user.post(`/v1/notifications/${newest?.id}/read`)).expect(200);
    expect((await inboxOf(user, `?after=${read.position}`)).unread).toBe(2);
    (await seller.post(`/v1/notifications/${newest?.id}/read`)).expect(404);
    (await seller.post(`/v1/notifications/${newest?.id}/unread`)).expect(404);
    const back = (await user.post(`/v1/notifications/${newest?.id}/unread`)).expect(200);
    expect((await inboxOf(user, `?after=${back.position}`)).unread).toBe(3);
    (await user.post(`/v1/notifications/${newest?.id}/read`)).expect(200);
    expect((await inboxOf(user, '?kind=overdue')).items).toEqual([]);
    expect(entriesOf((await inboxOf(user, '?kind=assignment')).items)).toHaveLength(3);
    (await user.get('/v1/notifications?kind=weather')).expect(400);
    const all = (await user.post('/v1/notifications/read', {})).expect(200);
    expect(all).toMatchObject({ marked: 2, position: expect.any(Number) });
    const after = await inboxOf(user, `?after=${all.position}&status=unread`);
    expect(after).toMatchObject({ items: [], unread: 0 });
    const upTo = Number.MAX_SAFE_INTEGER;
    expect((await user.post('/v1/notifications/read', { upTo })).expect(200).marked).toBe(0);
    expect((await user.post('/v1/notifications/read', {})).expect(200).marked).toBe(0);
  });

  it('marks no more than what its caller has seen', async () => {
    const user = await api.user(['salesperson']);
    const first = await capture({ name: name() }, { ownerId: user.id });
    const [seen] = await noticesOf(user, first, 'assignment');
    const second = await capture({ name: name() }, { ownerId: user.id });
    await noticesOf(user, second, 'assignment');
    const upTo = Number(seen?.position);
    const { position } = (await user.post('/v1/notifications/read', { upTo })).expect(200);
    const left = await inboxOf(user, `?after=${position}&status=unread`);
    expect(entriesOf(left.items).map((notice) => notice.record?.id)).toEqual([second]);
  });

  it('sends a digest once a day to who wants one, without what was read meanwhile', async () => {
    const user = await api.user(['salesperson']);
    await prefer(user, { kinds: { assignment: { email: 'digest' } }, digestHour: 10 });
    const names = [name(), name(), name()];
    const ids: string[] = [];
    for (const called of names) {
      ids.push(await capture({ name: called }, { ownerId: user.id }));
    }
    const notices = [];
    for (const id of ids) notices.push(...(await noticesOf(user, id, 'assignment')));
    (await user.post(`/v1/notifications/${notices[1]?.id}/read`)).expect(200);
    await until(async () =>
      (await deliveries(`recipientId=${user.id}&status=pending`)).length === 3 ? true : undefined,
    );
    expect(server.mails.filter(({ to }) => to.includes(emailOf(user)))).toEqual([]);
    // 10:00 in Ho Chi Minh City.
    clock.set('2026-03-02T03:00:00.000Z');
    const mail = await mailWith(user, names[0] ?? '');
    expect(headerOf(mail, 'subject')).toBe('2 notices for you');
    expect(textOf(mail)).toContain(names[2]);
    expect(textOf(mail)).not.toContain(names[1]);
    expect(await deliveries(`recipientId=${user.id}&status=skipped`)).toMatchObject([
      { skipped: 'read' },
    ]);
  });

  it('shows and sends nothing of a kind that its recipient wants nothing of', async () => {
    const user = await api.user(['salesperson']);
    await prefer(user, { kinds: { assignment: { inbox: false, email: 'off' } } });
    const id = await capture({ name: name() }, { ownerId: user.id });
    const issued = () =>
      api.ledger.stores.log.readAll({
        ...{ direction: 'backwards', limit: 1, prefixes: ['notification-'] },
      });
    const { position } = await until(async () => {
      const [last] = await issued();
      const about = last?.data as { record?: { id: string } } | undefined;
      return about?.record?.id === id ? last : undefined;
    });
    expect(await inboxOf(user, `?after=${position}`)).toMatchObject({ items: [], unread: 0 });
    await prefer(user, { kinds: { assignment: { inbox: true } } });
    expect(await noticesOf(user, id, 'assignment')).toHaveLength(1);
    expect(await deliveries(`recipientId=${user.id}`)).toEqual([]);
    expect((await user.get('/v1/me/notification-preferences')).expect(200)).toMatchObject({
      kinds: {
        assignment: { inbox: true, email: 'off' },
        overdue: { inbox: true, email: 'at-once' },
      },
      digestHour: 8,
      emails: true,
    });
  });

  it('parks what the mail server refuses, where an admin sees and retries it', async () => {
    server.refuse(550);
    const called = name();
    await capture({ name: called }, { ownerId: seller.id, teamId: team });
    const [parked] = await until(async () => {
      const found = await deliveries('status=parked');
      return found.length > 0 ? found : undefined;
    });
    expect(parked).toMatchObject({
      ...{ channel: 'email', status: 'parked', error: 'smtp_550', recipientId: seller.id },
    });
    const health = JSON.stringify((await api.admin.get('/health/ready')).body);
    expect(health).toContain('Deliveries parked: 1.');
    const { text } = await api.admin.get('/metrics');
    expect(text).toContain('leadledger_parked_deliveries 1');
    server.refuse(undefined);
    (await seller.get('/v1/deliveries')).expect(403);
    (await seller.post(`/v1/deliveries/${parked?.id}/retry`)).expect(403);
    (await api.admin.post(`/v1/deliveries/${parked?.id}/retry`)).expect(200);
    await mailWith(seller, called);
    await until(async () => ((await deliveries('status=parked')).length === 0 ? true : undefined));
    (await api.admin.post(`/v1/deliveries/${parked?.id}/retry`)).expect(409);
    (await api.admin.post(`/v1/deliveries/${randomUUID()}/retry`)).expect(404);
  });

  it('has all tried again that are parked, or those of an error, at most so many', async () => {
    const parkedNow = async (count: number) =>
      until(async () => {
        const found = await deliveries('status=parked');
        return found.length === count ? found : undefined;
      });
    const called = [name(), name(), name()];
    for (const [index, one] of called.entries()) {
      server.refuse(index === 0 ? 552 : 550);
      await capture({ name: one }, { ownerId: seller.id, teamId: team });
      await parkedNow(index + 1);
    }
    server.refuse(undefined);
    const retry = async (body: object) =>
      (await api.admin.post('/v1/deliveries/retry', body)).expect(200);
    (await seller.post('/v1/deliveries/retry', {})).expect(403);
    expect(await retry({ channel: 'webhook' })).toMatchObject({ retried: 0, more: false });
    expect(await retry({ error: 'smtp_552' })).toMatchObject({ retried: 1, more: false });
    await mailWith(seller, called[0] ?? '');
    expect(await retry({ recipientId: seller.id, limit: 1 })).toMatchObject({
      ...{ retried: 1, more: true, position: expect.any(Number) },
    });
    expect(await retry({})).toMatchObject({ retried: 1, more: false });
    for (const one of called) await mailWith(seller, one);
    await parkedNow(0);
    expect(await retry({})).toMatchObject({ retried: 0, more: false });
  });

  it.each<[object, string]>([
    [{ status: 'succeeded' }, 'status'],
    [{ channel: 'sms' }, 'channel'],
    [{ recipientId: 'Lan' }, 'recipientId'],
    [{ webhookId: 1 }, 'webhookId'],
    [{ error: '' }, 'error'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 1_001 }, 'limit'],
    [{ everything: true }, 'everything'],
  ])('refuses to retry what cannot be chosen: %j', async (body, path) => {
    const head = await api.head();
    const { errors } = (await api.admin.post('/v1/deliveries/retry', body)).expect(400);
    expect(entriesOf(errors).map((error) => error.path)).toEqual([path]);
    expect(await api.head()).toBe(head);
  });

  it('refuses preferences that there are not, naming what is wrong', async () => {
    const head = await api.head();
    const refused = async (body: object) =>
      entriesOf(
        (await seller.patch('/v1/me/notification-preferences', body)).expect(400).errors,
      ).map(({ path }) => path);
    expect(await refused({ kinds: { weather: { email: 'off' } } })).toEqual(['kinds.weather']);
    expect(await refused({ kinds: { overdue: { email: 'often' } } })).toEqual([
      'kinds.overdue.email',
    ]);
    expect(await refused({ digestHour: 24 })).toEqual(['digestHour']);
    expect(await refused({ kinds: { overdue: { inbox: 'yes' } } })).toEqual([
      'kinds.overdue.inbox',
    ]);
    expect(await api.head()).toBe(head);
  });

  it('says nothing again when read models are built anew', async () => {
    const before = entriesOf((await inboxOf(manager)).items);
    const mails = server.mails.length;
    await api.stop({ keep: true });
    const { folder } = api;
    for (const file of readdirSync(folder).filter((one) => one.startsWith('read'))) {
      await rm(join(folder, file), { recursive: true });
    }
    api = await startApi({ ...options(), folder });
    const inbox = () => api.ledger.read.queries.readInbox({ recipientId: manager.id });
    await until(async () => ((await inbox()).documents.length >= before.length ? true : undefined));
    const called = name();
    await capture({ name: called }, { ownerId: seller.id, teamId: team });
    await mailWith(seller, called);
    expect(server.mails).toHaveLength(mails + 1);
    const after = await inbox();
    expect(after.documents.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it('sends nothing of a digest whose reader wants none any more', async () => {
    const user = await api.user(['salesperson']);
    await prefer(user, { kinds: { assignment: { email: 'digest' } } });
    await capture({ name: name() }, { ownerId: user.id });
    await until(async () =>
      (await deliveries(`recipientId=${user.id}&status=pending`)).length === 1 ? true : undefined,
    );
    await prefer(user, { kinds: { assignment: { email: 'off' } } });
    clock.advance(86_400_000);
    const { listDeliveries } = api.ledger.read.queries;
    const skipped = await until(async () => {
      const { documents } = await listDeliveries({ recipientId: user.id, status: 'skipped' });
      return documents[0];
    });
    expect(skipped).toMatchObject({ skipped: 'unwanted' });
    expect(server.mails.filter(({ to }) => to.includes(emailOf(user)))).toEqual([]);
  });
});
