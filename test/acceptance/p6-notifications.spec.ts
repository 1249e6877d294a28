import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SettableClock, settableClock } from '#platform';
import { type Body, entriesOf, member, type TestClient } from '../support/client.js';
import { headerOf, type MailServer, startMailServer, textOf } from '../support/mail-server.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';
import { until } from '../support/until.js';

describe('P6 Notifications', () => {
  let api: TestApi;
  let server: MailServer;
  let clock: SettableClock;
  let lan: TestUser;
  let mai: TestUser;
  beforeAll(async () => {
    server = await startMailServer();
    clock = settableClock('2026-03-02T02:00:00.000Z');
    const mail = { smtpUrl: server.url, from: 'crm@example.vn' };
    api = await startApi({ clock, chance: () => 0.5, config: { mail } });
    const team = await api.team();
    [lan, mai] = [await api.user(['salesperson'], [team]), await api.user(['manager'], [team])];
    const rule = {
      ruleId: 'cameras',
      name: 'Camera',
      filter: { products: 'Ezviz C6T 2MP' },
      to: [{ kind: 'role', role: 'manager' }],
    };
    const { settings } = (await api.admin.post('/v1/settings/recipient-rules', rule)).expect(200);
    expect(settings).toBeDefined();
  });
  afterAll(async () => {
    await api.stop();
    await server.close();
  });

  const inboxOf = async (user: TestClient) => (await user.get('/v1/notifications')).expect(200);
  const told = async (user: TestClient, count: number): Promise<readonly Body[]> =>
    until(async () => {
      const items = entriesOf((await inboxOf(user)).items);
      return items.length >= count ? items : undefined;
    });
  const mailsTo = async (user: TestUser, count: number) => {
    const { email } = api.ledger.people.user(user.id) ?? {};
    return until(() => {
      const mails = server.mails.filter(({ to }) => to.includes(email ?? ''));
      return mails.length >= count ? mails : undefined;
    });
  };
  const capture = async (body: object) =>
    member((await api.admin.post('/v1/opportunities', body)).expect(201), 'id');

  it('tells recipients of a new opportunity under the rule’s condition, in the inbox and by e-mail', async () => {
    await capture({ fields: { name: 'Khác', products: ['Ezviz C8'] } });
    const id = await capture({ fields: { name: 'Lắp camera', products: ['Ezviz C6T 2MP'] } });
    const [notice, ...others] = await told(mai, 1);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      kind: 'new-opportunity',
      record: { type: 'opportunity', id },
      read: false,
    });
    const [mail] = await mailsTo(mai, 1);
    // The manager sees nothing of what is not of the own team: the name stays untold.
    expect(mail && headerOf(mail, 'subject')).toBe('New: opportunity');
    expect(mail && textOf(mail)).toContain('Hello Lê Thu,');
  });
});
