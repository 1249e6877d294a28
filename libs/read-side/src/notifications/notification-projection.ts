import type {
  Instant,
  NoticeRef,
  NotificationEvent,
  NotificationKind,
  Position,
  Recorded,
  Uuid,
} from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';

type Ref = NoticeRef & { readonly [member: string]: string };

/** A notice in somebody's inbox. */
export interface NotificationDocument extends Document {
  readonly id: Uuid;
  readonly recipientId: Uuid;
  readonly kind: NotificationKind;
  readonly record: Ref;
  readonly about: readonly Ref[];
  readonly at: Instant;
  readonly read: boolean;
  readonly readAt?: Instant;
  readonly revision: number;
  /** Of the event that issued it. */
  readonly position: Position;
}

/** An inbox is read newest first, and its unread ones are counted. */
export const NOTIFICATIONS: CollectionDefinition = {
  name: 'notifications',
  version: 1,
  indexes: [{ fields: ['recipientId', 'at'] }, { fields: ['recipientId', 'read', 'at'] }],
};

const PREFIX = 'notification-';

/** The inbox, one document per notice. */
export const notificationProjection: Projection<NotificationDocument | undefined> = {
  collection: NOTIFICATIONS,
  prefixes: [PREFIX],
  oneStream: true,
  keys: ({ stream }) => [stream.slice(PREFIX.length)],
  begins: ({ type, revision }) => type === 'NotificationIssued' && revision === 0,
  open: (_id, stored) => stored as NotificationDocument | undefined,
  evolve(notice, recorded, _settings, id) {
    const event = recorded as Recorded<NotificationEvent>;
    if (event.type === 'NotificationIssued') {
      const { recipientId, kind, record, about = [] } = event.data;
      return {
        id,
        recipientId,
        kind,
        record: ref(record),
        about: about.map(ref),
        at: event.metadata.occurredAt,
        read: false,
        revision: event.revision,
        position: event.position,
      };
    }
    if (!notice) return undefined;
    const { readAt: _, ...rest } = notice;
    const isRead = event.type === 'NotificationRead';
    const read = isRead ? { read: true, readAt: event.metadata.occurredAt } : { read: false };
    return { ...rest, ...read, revision: event.revision } as NotificationDocument;
  },
  close: (notice) => notice,
};

function ref({ type, id }: NoticeRef): Ref {
  return { type, id } as Ref;
}
