import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Requires } from '#access';
import { DELIVERY_STATUSES, type Uuid } from '#crm';
import { type RetriedMany, retryFound } from '#notify';
import { DELIVERIES, type DeliveryDocument } from '#read-side';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed, id, oneOf, optional } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { PAGING } from '../reading/list-query.js';
import { type Listed, pageOf } from '../reading/page-of.js';

const WHICH = {
  channel: optional(oneOf(['email', 'webhook'], 'How they are sent.')),
  recipientId: optional(id('To whom: e-mails.')),
  webhookId: optional(id('Where to: webhooks.')),
  error: optional(
    Type.String({ pattern: '^[a-z0-9_]{1,60}$', description: 'Why they failed last: `smtp_550`.' }),
  ),
};
const QUERY = closed({
  status: optional(oneOf(DELIVERY_STATUSES, 'How they stand.')),
  ...WHICH,
  ...PAGING,
});
const RETRY = closed({
  status: optional(oneOf(['parked', 'failing'], 'How they stand. Default parked.')),
  ...WHICH,
  limit: optional(
    Type.Integer({ minimum: 1, maximum: 1_000, description: 'At most so many. Default 1,000.' }),
  ),
});

/** What is sent to people and programs, and what could not be (PRODUCT.md P6). */
@ApiTags('notifications')
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Lists e-mails, and webhook calls that were parked',
    access: Requires('configure'),
    query: QUERY,
    answer: {
      description: 'Those that something happened to last first.',
      schema: 'DeliveryPage',
      example: {
        items: [
          {
            ...{ id: EXAMPLE_ID, channel: 'email', status: 'parked', attempts: 10 },
            ...{ error: 'smtp_451', recipientId: EXAMPLE_ID },
            ...{ plannedAt: EXAMPLE_INSTANT, updatedAt: EXAMPLE_INSTANT },
            planned: { kind: 'overdue', record: { type: 'opportunity', id: EXAMPLE_ID } },
          },
        ],
      },
    },
    refusals: [503],
  })
  async list(
    @Query() { after, ...query }: Static<typeof QUERY>,
  ): Promise<Listed<DeliveryDocument>> {
    await caughtUp(this.ledger, after, [DELIVERIES.name]);
    return pageOf(await this.ledger.read.queries.listDeliveries(query), (delivery) => delivery);
  }

  @Route('POST', 'retry', {
    summary: 'Has all parked deliveries tried again, now, or those that you choose',
    description: 'A thousand at most: while there are `more`, ask again.',
    access: Requires('configure'),
    body: RETRY,
    example: { channel: 'email', error: 'smtp_421' },
    answer: {
      description: 'Done. How many are tried again, and where the last was written.',
      schema: 'RetriedMany',
      example: { retried: 42, more: false, position: 1207 },
    },
    command: true,
    refusals: [503],
  })
  async retryMany(
    @Body() { status = 'parked', limit = 1_000, ...which }: Static<typeof RETRY>,
    @Call() { request }: Call,
  ): Promise<RetriedMany> {
    const upTo = await this.ledger.stores.log.head();
    // What a caller who asks again retried before is not among what is found then.
    await caughtUp(this.ledger, upTo, [DELIVERIES.name]);
    return retryFound({
      find: this.ledger.read.queries.listDeliveries,
      retry: this.ledger.notifying.deliveries.retry,
      asked: { status, ...which },
      ...{ limit, upTo, envelope: envelopeOf(request, this.ledger) },
    });
  }

  @Route('POST', ':id/retry', {
    summary: 'Has a parked or failing delivery tried again, now',
    access: Requires('configure'),
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
    refusals: [409],
  })
  async retry(@Param('id') id: Uuid, @Call() { request, reply }: Call): Promise<CommandResult> {
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await this.ledger.notifying.deliveries.retry(id, envelope));
  }
}
