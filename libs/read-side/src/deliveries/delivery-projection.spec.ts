import type { DeliveryEvent, WebhookEvent } from '#crm';
import { foldThroughStore } from '../support/fold-through-store.js';
import { webhookProjection } from '../webhooks/webhook-projection.js';
import { deliveryProjection } from './delivery-projection.js';

const PLANNED: DeliveryEvent = {
  type: 'DeliveryPlanned',
  data: {
    ...{ channel: 'email', recipientId: 'u2', notificationId: 'n1', kind: 'overdue' },
    ...{ record: { type: 'opportunity', id: 'o1' }, dueAt: '2026-03-01T10:00:00.000Z' },
  },
};
const CALL: DeliveryEvent = {
  type: 'DeliveryPlanned',
  data: {
    ...{ channel: 'webhook', webhookId: 'w1', eventId: 'e1', eventType: 'LeadTagged' },
    ...{ stream: 'lead-1', revision: 2 },
  },
};
const failed = (attempt: number): DeliveryEvent => ({
  type: 'DeliveryFailed',
  data: { attempt, error: 'smtp_451', nextAt: `2026-03-01T1${attempt}:00:00.000Z` },
});
const PARKED: DeliveryEvent = { type: 'DeliveryParked', data: { attempt: 3, error: 'smtp_550' } };

describe('the list of deliveries', () => {
  it.each<[readonly DeliveryEvent[], object, boolean]>([
    [[PLANNED], { status: 'pending', channel: 'email', recipientId: 'u2', attempts: 0 }, true],
    [[PLANNED, failed(1), failed(2)], { status: 'failing', attempts: 2, error: 'smtp_451' }, true],
    [[PLANNED, failed(1), PARKED], { status: 'parked', attempts: 3, error: 'smtp_550' }, false],
    [[CALL, PARKED], { status: 'parked', channel: 'webhook', webhookId: 'w1' }, false],
    [
      [PLANNED, PARKED, { type: 'DeliveryRetried', data: {} }],
      { status: 'pending', attempts: 0 },
      true,
    ],
    [
      [PLANNED, { type: 'DeliverySucceeded', data: { attempt: 1 } }],
      { status: 'succeeded' },
      false,
    ],
    [
      [PLANNED, { type: 'DeliverySkipped', data: { reason: 'read' } }],
      { status: 'skipped', skipped: 'read' },
      false,
    ],
  ])('shows how one stands: %#', (events, expected, isPolled) => {
    const fold = (eachStored: boolean) =>
      foldThroughStore(deliveryProjection, 'delivery-d1', events, eachStored);
    const document = fold(false);
    expect(document).toMatchObject({
      id: 'd1',
      plannedAt: '2026-03-01T09:00:00.000Z',
      ...expected,
    });
    // What is not due again is not found by when.
    expect(document !== undefined && 'nextAt' in document).toBe(isPolled);
    expect(fold(true)).toEqual(document);
  });
});

describe('the list of webhooks', () => {
  const registered: WebhookEvent = {
    type: 'WebhookRegistered',
    data: { url: 'https://example.vn/', types: [], after: { stream: 'lead-1', revision: 2 } },
  };
  const paused: WebhookEvent = {
    type: 'WebhookChanged',
    data: { changes: [{ field: 'active', from: true, to: false }] },
  };

  it.each<[readonly WebhookEvent[], object]>([
    [[registered], { status: 'active', registeredBy: 'u1', secretVersion: 1 }],
    [[registered, paused], { status: 'paused', revision: 1 }],
    [[registered, { type: 'WebhookReplayed', data: { after: null } }], { start: { epoch: 1 } }],
    [[registered, { type: 'WebhookSecretReplaced', data: { version: 2 } }], { secretVersion: 2 }],
    [[registered, { type: 'WebhookEnded', data: {} }], { status: 'ended' }],
    [[registered, paused, { type: 'WebhookRemoved', data: {} }], { status: 'removed' }],
  ])('shows how one stands: %#', (events, expected) => {
    const fold = (eachStored: boolean) =>
      foldThroughStore(webhookProjection, 'webhook-w1', events, eachStored);
    expect(fold(false)).toMatchObject({ id: 'w1', url: 'https://example.vn/', ...expected });
    expect(fold(true)).toEqual(fold(false));
  });
});
