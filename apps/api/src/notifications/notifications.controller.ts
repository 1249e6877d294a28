import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Principal, SignedIn } from '#access';
import { NOTIFICATION_KINDS, preferenceFor, type Uuid } from '#crm';
import { type NotificationDocument } from '#read-side';
import type { CommandResult, MarkedRead } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed, oneOf, optional } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { PAGING } from '../reading/list-query.js';
import type { Listed } from '../reading/page-of.js';

const QUERY = closed({
  status: optional(oneOf(['all', 'unread'], 'Which. Default all.')),
  kind: optional(oneOf(NOTIFICATION_KINDS, 'Why you were told.')),
  ...PAGING,
});
const MARK_ALL = closed({
  upTo: optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Only those up to this position, as of the newest that you show. Default: all.',
    }),
  ),
});
const OWN = SignedIn('Everybody has an inbox, and sees no other.');

interface InboxAnswer extends Listed<NotificationDocument> {
  /** Counted up to 1,000. */
  readonly unread: number;
}

/** The caller's inbox. */
@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Reads your inbox',
    access: OWN,
    query: QUERY,
    answer: {
      description: 'Newest first, with how many are unread.',
      schema: 'Inbox',
      example: {
        items: [
          {
            ...{ id: EXAMPLE_ID, kind: 'conversion-owner', read: false, at: EXAMPLE_INSTANT },
            record: { type: 'lead', id: EXAMPLE_ID },
          },
        ],
        unread: 1,
      },
    },
    refusals: [503],
  })
  async inbox(
    @Query() { status, kind, after, ...paging }: Static<typeof QUERY>,
    @Principal() { userId: recipientId }: Principal,
  ): Promise<InboxAnswer> {
    await caughtUp(this.ledger, after, ['notifications']);
    const unreadOnly = status === 'unread';
    const { documents, next, unread } = await this.ledger.read.queries.readInbox({
      ...{ recipientId, unreadOnly, hidden: this.hiddenTo(recipientId) },
      ...(kind && { kind }),
      ...paging,
    });
    return { items: documents, unread, ...(next !== undefined && { next }) };
  }

  @Route('POST', 'read', {
    summary: 'Marks all notices as read',
    access: OWN,
    body: MARK_ALL,
    example: { upTo: 1207 },
    answer: {
      description: 'Done. How many were unread, and where the last was written.',
      schema: 'MarkedRead',
      example: { marked: 3, position: 1210 },
    },
    command: true,
    refusals: [503],
  })
  async markAllRead(
    @Body() { upTo }: Static<typeof MARK_ALL>,
    @Call() { request }: Call,
  ): Promise<MarkedRead> {
    const head = await this.ledger.stores.log.head();
    const until = Math.min(upTo ?? head, head);
    // What the caller was told of is among what is found then.
    await caughtUp(this.ledger, until, ['notifications']);
    const envelope = envelopeOf(request, this.ledger);
    return this.ledger.write.notifications.markAllRead(until, envelope);
  }

  @Route('POST', ':id/read', {
    summary: 'Marks a notice as read',
    access: OWN,
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  async markRead(@Param('id') id: Uuid, @Call() { request, reply }: Call): Promise<CommandResult> {
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await this.ledger.write.notifications.markRead(id, envelope));
  }

  @Route('POST', ':id/unread', {
    summary: 'Marks a notice as unread, to come back to it',
    access: OWN,
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  async markUnread(
    @Param('id') id: Uuid,
    @Call() { request, reply }: Call,
  ): Promise<CommandResult> {
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await this.ledger.write.notifications.markUnread(id, envelope));
  }

  private hiddenTo(userId: Uuid) {
    const preferences = this.ledger.people.user(userId)?.notifications;
    return preferences
      ? NOTIFICATION_KINDS.filter((kind) => !preferenceFor(preferences, kind).inbox)
      : [];
  }
}
