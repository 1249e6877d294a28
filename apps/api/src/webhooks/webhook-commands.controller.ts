import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { mayAtAll, Principal, Requires } from '#access';
import { Refusal, type Uuid } from '#crm';
import type { Asked, SecretResult } from '#notify';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand, answerCreation } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER } from '../http/examples.js';
import { Route } from '../http/route.js';
import {
  CHANGE,
  type ChangeBody,
  REGISTER,
  REPLACE_SECRET,
  REPLAY,
  type RegisterBody,
  type ReplaceSecretBody,
  type ReplayBody,
  SECRET_EXAMPLE,
} from './webhook-schemas.js';

const MAY = Requires('webhooks');
/** Each has a connection and a place in the log of its own. */
const MOST = 50;
const SECRET_ANSWER = {
  description: 'Done. The secret is shown this once.',
  schema: 'WebhookSecret',
  example: SECRET_EXAMPLE,
};

/** Sets up the addresses that events are sent to (PRODUCT.md P6, P10): the caller's own, or everybody's for who may configure. */
@ApiTags('webhooks')
@Controller('v1/webhooks')
export class WebhookCommandsController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', '', {
    summary: 'Has events sent to an address',
    description:
      'Events are sent one by one in the order of the log, signed with a secret that is shown this once. ' +
      'They hold personal values, and are sent as long as you may be told of them.',
    access: MAY,
    body: REGISTER,
    example: { url: 'https://example.com/hook', types: ['OpportunityCaptured'] },
    answer: { ...SECRET_ANSWER, status: 201 },
    command: true,
    refusals: [422],
  })
  async register(
    @Body() body: RegisterBody,
    @Call() { request, reply }: Call,
  ): Promise<SecretResult> {
    const known = await this.ledger.read.queries.listWebhooks();
    if (known.length >= MOST) {
      throw new Refusal('rule', 'too_many_webhooks', `There are at most ${MOST} webhooks.`);
    }
    const envelope = envelopeOf(request, this.ledger);
    const result = await this.ledger.notifying.webhooks.register(body, envelope);
    reply.header('cache-control', 'no-store');
    return answerCreation(reply, 'v1/webhooks', result);
  }

  @Route('PATCH', ':id', {
    summary: 'Changes, pauses or resumes a webhook',
    description:
      'A paused one goes on where it was when it is resumed; so does one that was ended by a 410.',
    access: MAY,
    body: CHANGE,
    example: { active: false },
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  async change(
    @Param('id') id: Uuid,
    @Body() body: ChangeBody,
    @Principal() principal: Principal,
    @Call() call: Call,
  ): Promise<CommandResult> {
    const { webhooks } = this.ledger.notifying;
    return answerCommand(call.reply, await webhooks.change(id, body, this.asked(principal, call)));
  }

  @Route('POST', ':id/secret', {
    summary: 'Gives a webhook a new secret',
    description:
      'For a while the one before signs too, with a `v1` of its own in `leadledger-signature`: receivers change over meanwhile.',
    access: MAY,
    body: REPLACE_SECRET,
    example: { keepHours: 24 },
    answer: SECRET_ANSWER,
    command: true,
    conditional: true,
  })
  async replaceSecret(
    @Param('id') id: Uuid,
    @Body() { keepHours }: ReplaceSecretBody,
    @Principal() principal: Principal,
    @Call() call: Call,
  ): Promise<SecretResult> {
    const { webhooks } = this.ledger.notifying;
    call.reply.header('cache-control', 'no-store');
    const asked = this.asked(principal, call);
    return answerCommand(call.reply, await webhooks.replaceSecret(id, keepHours, asked));
  }

  @Route('POST', ':id/replay', {
    summary: 'Sends events again, from a position on',
    description: 'Receivers know what they had by `leadledger-event-id`.',
    access: MAY,
    body: REPLAY,
    example: { after: 1207 },
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  async replay(
    @Param('id') id: Uuid,
    @Body() { after }: ReplayBody,
    @Principal() principal: Principal,
    @Call() call: Call,
  ): Promise<CommandResult> {
    const { webhooks } = this.ledger.notifying;
    return answerCommand(call.reply, await webhooks.replay(id, after, this.asked(principal, call)));
  }

  @Route('POST', ':id/retry', {
    summary: 'Has the event that holds a webhook up tried at once',
    description: 'It gets ten attempts anew. Nothing happens when nothing holds it up.',
    access: MAY,
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  async retry(
    @Param('id') id: Uuid,
    @Principal() principal: Principal,
    @Call() call: Call,
  ): Promise<CommandResult> {
    const { webhooks } = this.ledger.notifying;
    return answerCommand(call.reply, await webhooks.retry(id, this.asked(principal, call)));
  }

  @Route('DELETE', ':id', {
    summary: 'Removes a webhook: nothing is sent to it any more',
    access: MAY,
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  async remove(
    @Param('id') id: Uuid,
    @Principal() principal: Principal,
    @Call() call: Call,
  ): Promise<CommandResult> {
    const { webhooks } = this.ledger.notifying;
    return answerCommand(call.reply, await webhooks.remove(id, this.asked(principal, call)));
  }

  private asked(principal: Principal, { request }: Call): Asked {
    const all = mayAtAll(principal, 'configure');
    const envelope = envelopeOf(request, this.ledger);
    return { envelope, reach: { userId: principal.userId, all } };
  }
}
