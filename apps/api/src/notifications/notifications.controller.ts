import { Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static } from '@sinclair/typebox';
import { Principal, SignedIn } from '#access';
import type { Uuid } from '#crm';
import { type NotificationDocument } from '#read-side';
import type { CommandResult } from '#write-side';
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
  ...PAGING,
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
    @Query() { status, after, ...paging }: Static<typeof QUERY>,
    @Principal() { userId: recipientId }: Principal,
  ): Promise<InboxAnswer> {
    await caughtUp(this.ledger, after, ['notifications']);
    const unreadOnly = status === 'unread';
    const { documents, next, unread } = await this.ledger.read.queries.readInbox({
      ...{ recipientId, unreadOnly },
      ...paging,
    });
    return { items: documents, unread, ...(next !== undefined && { next }) };
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
}
