import { DEFAULT_PREFERENCES, type NotificationIssued, type Recorded } from '#crm';
import { plannedEmail } from './planned-email.js';

const ISSUED = {
  type: 'NotificationIssued',
  stream: 'notification-1',
  data: { recipientId: 'lan', kind: 'overdue', record: { type: 'lead', id: 'l' } },
  // 7:59:59 in Ho Chi Minh City.
  metadata: { recordedAt: '2026-03-02T00:59:59.000Z' },
} as unknown as Recorded<NotificationIssued>;
const dueAt = (email: 'digest' | 'at-once', now: string) => {
  const preferences = { ...DEFAULT_PREFERENCES, kinds: { overdue: { inbox: true, email } } };
  return plannedEmail(ISSUED, preferences, 'Asia/Ho_Chi_Minh', now)?.dueAt;
};

describe('the e-mail of a notice', () => {
  it('is due with the next digest', () => {
    expect(dueAt('digest', '2026-03-02T00:59:59.900Z')).toBe('2026-03-02T01:00:00.000Z');
  });

  it('waits for the next day when the digest has gone out meanwhile', () => {
    expect(dueAt('digest', '2026-03-02T01:00:00.100Z')).toBe('2026-03-03T01:00:00.000Z');
  });

  it('is due at once otherwise, however late it is planned', () => {
    expect(dueAt('at-once', '2026-03-02T05:00:00.000Z')).toBe('2026-03-02T00:59:59.000Z');
  });
});
