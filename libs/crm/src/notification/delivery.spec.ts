import { given, ID, minutes, OTHER_ID } from '../../test/given.js';
import { BACK_OFF } from './back-off.js';
import { type DeliveryCommand, deliveryDecider, isDue } from './delivery.js';
import type { DeliveryEvent, PlannedCall, PlannedEmail } from './delivery-events.js';

const EMAIL: PlannedEmail = {
  channel: 'email',
  recipientId: ID,
  notificationId: OTHER_ID,
  kind: 'overdue',
  record: { type: 'activity', id: OTHER_ID },
  dueAt: minutes(5),
};
const CALL: PlannedCall = {
  channel: 'webhook',
  webhookId: ID,
  eventId: OTHER_ID,
  eventType: 'LeadTagged',
  stream: 'lead-1',
  revision: 3,
};
const planned: DeliveryEvent = { type: 'DeliveryPlanned', data: EMAIL };
const fail = (part: Partial<Extract<DeliveryCommand, { kind: 'fail' }>> = {}) =>
  ({ kind: 'fail', error: 'smtp_451', chance: 0.5, ...part }) as const;
const failures = (count: number): readonly DeliveryEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'DeliveryFailed',
    data: { attempt: index + 1, error: 'smtp_451', nextAt: minutes(index) },
  }));
const parked: DeliveryEvent = { type: 'DeliveryParked', data: { attempt: 10, error: 'smtp_451' } };
const pending = given(deliveryDecider, [planned]);

describe('a delivery', () => {
  it('is planned once', () => {
    const plan = { kind: 'plan', planned: EMAIL } as const;
    given(deliveryDecider).when(plan).decides(planned);
    pending.when(plan).decides();
    const other = { ...plan, planned: { ...EMAIL, recipientId: OTHER_ID } };
    pending.when(other).refused('delivery_exists');
  });

  it('is due from its time on', () => {
    expect(isDue(pending.state, minutes(4))).toBe(false);
    expect(isDue(pending.state, minutes(5))).toBe(true);
  });

  it('is tried again after a time that doubles with each failure', () => {
    const nextAt = new Date(Date.parse(minutes(1_000)) + 15_000).toISOString();
    const first = { attempt: 1, error: 'smtp_451', nextAt };
    pending.when(fail()).decides({ type: 'DeliveryFailed', data: first });
    const third = given(deliveryDecider, [planned, ...failures(2)]);
    const later = new Date(Date.parse(minutes(1_000)) + 60_000).toISOString();
    const data = { attempt: 3, error: 'smtp_451', nextAt: later };
    third.when(fail()).decides({ type: 'DeliveryFailed', data });
  });

  it('is parked after as many attempts as there may be, and at once where another cannot succeed', () => {
    const last = given(deliveryDecider, [planned, ...failures(BACK_OFF.attempts - 1)]);
    last.when(fail()).decides(parked);
    const data = { attempt: 1, error: 'smtp_550' };
    const gone = fail({ error: 'smtp_550', permanent: true });
    pending.when(gone).decides({ type: 'DeliveryParked', data });
  });

  it('that is parked is not due, and is retried by hand from the first attempt on', () => {
    const given_ = given(deliveryDecider, [planned, ...failures(9), parked]);
    expect(isDue(given_.state, minutes(9_999))).toBe(false);
    given_.when(fail()).decides();
    given_.when({ kind: 'retry' }).decides({ type: 'DeliveryRetried', data: {} });
    const retried = given_.when({ kind: 'retry' }).after();
    expect(retried).toMatchObject({ status: 'pending', attempts: 0 });
    expect(isDue(retried, minutes(9_999))).toBe(true);
  });

  it('that is done with is not tried again', () => {
    for (const done of [
      { type: 'DeliverySucceeded', data: { attempt: 1 } },
      { type: 'DeliverySkipped', data: { reason: 'read' } },
    ] as const) {
      const over = given(deliveryDecider, [planned, done]);
      over.when({ kind: 'succeed' }).decides();
      over.when(fail()).decides();
      over.when({ kind: 'retry' }).refused('delivery_done');
    }
  });

  it('of a webhook is planned parked', () => {
    given(deliveryDecider)
      .when({ kind: 'plan-parked', planned: CALL, error: 'timeout' })
      .decides(
        { type: 'DeliveryPlanned', data: CALL },
        { type: 'DeliveryParked', data: { attempt: 10, error: 'timeout' } },
      );
  });

  it('that was never planned cannot be retried', () => {
    given(deliveryDecider).when({ kind: 'retry' }).refused('delivery_not_found');
  });
});
