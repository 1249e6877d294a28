import { ID, minutes } from '../../test/given.js';
import { callDeliveryId } from './delivery.js';
import { afterFailure, dispatchState } from './dispatch.js';
import type { DispatchEvent } from './dispatch-events.js';

const AT = { stream: 'lead-1', revision: 3 };
const EVENT = { id: ID, type: 'LeadTagged', stream: 'lead-1', revision: 4 };
const start = { epoch: 1, after: AT };
const failedTimes = (attempt: number): DispatchEvent => ({
  type: 'WebhookAttemptFailed',
  data: {
    ...{ epoch: 1, at: AT, event: EVENT, attempt },
    ...{ error: 'http_503', nextAt: minutes(1) },
  },
});
const failed = { error: 'timeout', chance: 0.5 };

describe('how far a webhook is', () => {
  it('is its start before anything was sent, and again when it was replayed', () => {
    expect(dispatchState({ start }, undefined)).toEqual({ epoch: 1, at: AT });
    const reached = { epoch: 0, at: { stream: 'lead-9', revision: 0 } };
    const last = { type: 'WebhookReached', data: reached } as const;
    expect(dispatchState({ start }, last)).toEqual({ epoch: 1, at: AT });
    expect(dispatchState({ start: { ...start, epoch: 0 } }, last)).toEqual(reached);
  });

  it('tells the event that holds it up, and that it goes on behind one that was parked', () => {
    expect(dispatchState({ start }, failedTimes(2)).hindrance).toEqual({
      event: EVENT,
      attempts: 2,
      error: 'http_503',
      nextAt: minutes(1),
    });
    const at = { stream: 'lead-1', revision: 4 };
    const data = { epoch: 1, at, deliveryId: ID, error: 'timeout' };
    const parked = { type: 'WebhookEventParked', data } as const;
    expect(dispatchState({ start }, parked)).toEqual({ epoch: 1, at });
  });

  it('counts the attempts at one event, and parks it after the last', () => {
    const fresh = dispatchState({ start }, undefined);
    expect(afterFailure(fresh, ID, EVENT, failed, minutes(5)).data).toMatchObject({
      attempt: 1,
      at: AT,
      nextAt: new Date(Date.parse(minutes(5)) + 15_000).toISOString(),
    });
    const asked = afterFailure(fresh, ID, EVENT, { ...failed, waitMs: 60_000 }, minutes(5));
    expect(asked.data).toMatchObject({ nextAt: minutes(6) });
    const ninth = dispatchState({ start }, failedTimes(9));
    const other = { ...EVENT, id: callDeliveryId(ID, ID) };
    expect(afterFailure(ninth, ID, other, failed, minutes(5)).data).toMatchObject({ attempt: 1 });
    expect(afterFailure(ninth, ID, EVENT, failed, minutes(5))).toEqual({
      type: 'WebhookEventParked',
      data: {
        epoch: 1,
        at: { stream: 'lead-1', revision: 4 },
        deliveryId: callDeliveryId(ID, ID),
        error: 'timeout',
      },
    });
  });
});
