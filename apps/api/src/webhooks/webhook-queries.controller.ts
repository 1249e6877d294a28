import { Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Static } from '@sinclair/typebox';
import { mayAtAll, Principal, Requires } from '#access';
import { Refusal, type Uuid } from '#crm';
import { WEBHOOKS, type WebhookDocument } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Route } from '../http/route.js';
import { AFTER, closed } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import type { Listed } from '../reading/page-of.js';
import { type WebhookAnswer, webhookAnswer } from './webhook-answer.js';
import { WEBHOOK_EXAMPLE } from './webhook-schemas.js';

const MAY = Requires('webhooks');
const QUERY = closed({ after: AFTER });

/** Tells of the addresses that events are sent to: the caller's own, or everybody's for who may configure. */
@ApiTags('webhooks')
@Controller('v1/webhooks')
export class WebhookQueriesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Lists webhooks, and how they get on',
    access: MAY,
    query: QUERY,
    answer: {
      description: 'Webhooks.',
      schema: 'WebhookPage',
      example: { items: [WEBHOOK_EXAMPLE] },
    },
    refusals: [503],
  })
  async list(
    @Query() { after }: Static<typeof QUERY>,
    @Principal() principal: Principal,
  ): Promise<Listed<WebhookAnswer>> {
    await caughtUp(this.ledger, after, [WEBHOOKS.name]);
    const { userId } = principal;
    const own = mayAtAll(principal, 'configure') ? {} : { registeredBy: userId };
    const webhooks = await this.ledger.read.queries.listWebhooks(own);
    return { items: await Promise.all(webhooks.map((webhook) => this.answer(webhook))) };
  }

  @Route('GET', ':id', {
    summary: 'Tells of a webhook, and how it gets on',
    access: MAY,
    query: QUERY,
    answer: { description: 'The webhook.', schema: 'Webhook', example: WEBHOOK_EXAMPLE },
    refusals: [503],
  })
  async get(
    @Param('id') id: Uuid,
    @Query() { after }: Static<typeof QUERY>,
    @Principal() principal: Principal,
  ): Promise<WebhookAnswer> {
    await caughtUp(this.ledger, after, [WEBHOOKS.name]);
    const webhook = await this.ledger.read.queries.getWebhook(id);
    const mine = mayAtAll(principal, 'configure') || webhook?.registeredBy === principal.userId;
    if (!webhook || webhook.status === 'removed' || !mine) {
      throw new Refusal('not-found', 'webhook_not_found', 'There is no such webhook.');
    }
    return this.answer(webhook);
  }

  private answer(webhook: WebhookDocument): Promise<WebhookAnswer> {
    const principal = this.ledger.people.directory.principalOf(webhook.registeredBy);
    const mayReceive = principal !== undefined && mayAtAll(principal, 'webhooks');
    return webhookAnswer(this.ledger.stores.log, webhook, mayReceive);
  }
}
