import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Instant, Revision, Uuid } from '../kernel/ids.js';
import type { RecordRef } from '../record/record-type.js';
import type { NoticeRef } from './notification.js';
import type { NotificationKind } from './notification-kind.js';

/** An e-mail that is to tell a user of a notice. */
export type PlannedEmail = {
  readonly channel: 'email';
  readonly recipientId: Uuid;
  readonly notificationId: Uuid;
  readonly kind: NotificationKind;
  readonly record: NoticeRef;
  readonly about?: readonly RecordRef[];
  /** Not before; those of one recipient that are due at the same time go in one mail. */
  readonly dueAt: Instant;
};

/** An event that a webhook did not take, and that is sent again only by hand. */
export type PlannedCall = {
  readonly channel: 'webhook';
  readonly webhookId: Uuid;
  readonly eventId: Uuid;
  readonly eventType: string;
  readonly stream: string;
  readonly revision: Revision;
};

export type DeliveryPlanned = DomainEvent<'DeliveryPlanned', PlannedEmail | PlannedCall>;
/** `attempt` counts from 1, anew after each retry by hand. */
export type DeliverySucceeded = DomainEvent<'DeliverySucceeded', { readonly attempt: number }>;
/** `error` is a code such as `smtp_451` or `http_503`; never a text, which may hold an address. */
export type DeliveryFailed = DomainEvent<
  'DeliveryFailed',
  { readonly attempt: number; readonly error: string; readonly nextAt: Instant }
>;
export type DeliveryParked = DomainEvent<
  'DeliveryParked',
  { readonly attempt: number; readonly error: string }
>;
export type DeliveryRetried = DomainEvent<'DeliveryRetried', Readonly<Record<string, never>>>;

/**
 * Why nothing is sent: it was read in the inbox already, its recipient wants no e-mails of its kind any more, or there is nobody and nothing
 * any more to send it to.
 */
const SKIP_REASONS = [
  'read',
  'unwanted',
  'recipient-inactive',
  'no-address',
  'webhook-gone',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];
export type DeliverySkipped = DomainEvent<'DeliverySkipped', { readonly reason: SkipReason }>;

export type DeliveryEvent =
  | DeliveryPlanned
  | DeliverySucceeded
  | DeliveryFailed
  | DeliveryParked
  | DeliveryRetried
  | DeliverySkipped;

export const DELIVERY_EVENTS: readonly EventDefinition[] = [
  defineEvent('DeliveryPlanned', 'Something is to be sent to somebody over a channel.'),
  defineEvent('DeliverySucceeded', 'It was sent, and taken at the other end.'),
  defineEvent('DeliveryFailed', 'It could not be sent; it will be tried again.'),
  defineEvent(
    'DeliveryParked',
    'It could not be sent, and is not tried again until somebody says so.',
  ),
  defineEvent('DeliveryRetried', 'Somebody said that it is to be tried again.'),
  defineEvent('DeliverySkipped', 'There is no need any more to send it, or nobody to send it to.'),
];
