import { Type } from '@sinclair/typebox';
import { id, instant, oneOf } from '../../http/schemas.js';
import { listOf, NEXT, open, position, ref, revision } from './parts.js';

const WEBHOOK = {
  id: id('Its id.'),
  status: oneOf(
    ['active', 'paused', 'ended', 'suspended'],
    'ended: the receiver answered 410; suspended: who registered it may not be told any more.',
  ),
  url: Type.String(),
  types: Type.Array(Type.String()),
  revision,
  previousSecretUntil: Type.Optional(instant('Until when the secret before signs too.')),
  failing: Type.Optional(
    open({
      eventId: id('The event that the next ones wait for.'),
      attempts: Type.Integer(),
      error: Type.String({ description: 'A code: http_503, timeout, redirect_refused, …' }),
      nextAt: instant('When it is tried next.'),
    }),
  ),
};

/** Of telling people and programs. */
export const TELLING_SCHEMAS = {
  Inbox: open({
    items: Type.Array(open({ id: id('The notice.'), record: ref, read: Type.Boolean() })),
    unread: Type.Integer({ description: 'Counted up to 1,000.' }),
    next: NEXT,
  }),
  MarkedRead: Type.Object({ marked: Type.Integer(), position }),
  NotificationPreferences: open({
    kinds: Type.Record(
      Type.String(),
      Type.Object({
        inbox: Type.Boolean(),
        email: oneOf(['at-once', 'digest', 'off'], 'When an e-mail tells of it.'),
      }),
    ),
    digestHour: Type.Integer(),
    emails: Type.Boolean({ description: 'Whether this installation sends e-mails.' }),
  }),
  DeliveryPage: listOf({
    id: id('The delivery.'),
    channel: oneOf(['email', 'webhook'], 'How it is sent.'),
    status: oneOf(['pending', 'failing', 'parked', 'succeeded', 'skipped'], 'How it stands.'),
    attempts: Type.Integer({ description: 'Failed ones, since it was planned or retried.' }),
    error: Type.Optional(Type.String({ description: 'A code: smtp_451, http_503, timeout, …' })),
  }),
  RetriedMany: Type.Object({
    retried: Type.Integer(),
    more: Type.Boolean({ description: 'Whether there are others.' }),
    position,
  }),
  Webhook: open(WEBHOOK),
  WebhookPage: listOf(WEBHOOK),
  WebhookSecret: Type.Object({
    ...{ id: id('The webhook.'), revision, position },
    secret: Type.String({ description: 'What signs; shown this once.' }),
  }),
} as const;
