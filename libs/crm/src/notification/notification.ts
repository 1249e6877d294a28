import type { Decider } from '../kernel/decider.js';
import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { sameValue } from '../record/field.js';
import type { RecordRef } from '../record/record-type.js';
import type { NotificationKind } from './notification-kind.js';

/** What a notice is about: a record, or an activity. */
export type NoticeRef = RecordRef | { readonly type: 'activity'; readonly id: Uuid };

export type NotificationIssued = DomainEvent<
  'NotificationIssued',
  {
    readonly recipientId: Uuid;
    readonly kind: NotificationKind;
    /** What to look at. */
    readonly record: NoticeRef;
    /** What came of it beside, e.g. the records that a conversion created; the records that an activity is about. */
    readonly about?: readonly RecordRef[];
  }
>;
export type NotificationRead = DomainEvent<'NotificationRead', Readonly<Record<string, never>>>;
export type NotificationMarkedUnread = DomainEvent<
  'NotificationMarkedUnread',
  Readonly<Record<string, never>>
>;
export type NotificationEvent = NotificationIssued | NotificationRead | NotificationMarkedUnread;

export const NOTIFICATION_EVENTS: readonly EventDefinition[] = [
  defineEvent('NotificationIssued', 'A user is told about a record or an activity.'),
  defineEvent('NotificationRead', 'The user has seen the notification.'),
  defineEvent('NotificationMarkedUnread', 'The user wants to come back to the notification.'),
];

/** A notice to one user. */
export interface NotificationState {
  readonly id: Uuid;
  readonly status: 'absent' | 'unread' | 'read';
  readonly issued?: NotificationIssued['data'];
}

export type NotificationCommand =
  | ({ readonly kind: 'issue' } & { readonly notice: NotificationIssued['data'] })
  | { readonly kind: 'mark-read' }
  | { readonly kind: 'mark-unread' };

/** The stream of one notification. */
export function notificationStream(id: Uuid): string {
  return `notification-${id}`;
}

/** The rules of a notification. Issuing under a derived id is what keeps it from being issued twice. */
export const notificationDecider: Decider<
  NotificationState,
  NotificationCommand,
  NotificationEvent
> = {
  initial: (id: Uuid) => ({ id, status: 'absent' }),
  decide,
  evolve(state, event) {
    switch (event.type) {
      case 'NotificationIssued':
        return { ...state, status: 'unread', issued: event.data };
      case 'NotificationRead':
        return { ...state, status: 'read' };
      case 'NotificationMarkedUnread':
        return { ...state, status: 'unread' };
      default: {
        const unknown: never = event;
        void unknown;
        return state;
      }
    }
  },
};

function decide(
  state: NotificationState,
  command: NotificationCommand,
): readonly NotificationEvent[] {
  if (command.kind === 'issue') {
    if (state.status === 'absent') return [{ type: 'NotificationIssued', data: command.notice }];
    if (sameValue(state.issued, command.notice)) return [];
    throw new Refusal('conflict', 'notification_exists', 'Another notification has this id.');
  }
  if (state.status === 'absent') {
    throw new Refusal('not-found', 'notification_not_found', 'There is no such notification.');
  }
  if (command.kind === 'mark-unread') {
    return state.status === 'unread' ? [] : [{ type: 'NotificationMarkedUnread', data: {} }];
  }
  return state.status === 'read' ? [] : [{ type: 'NotificationRead', data: {} }];
}
