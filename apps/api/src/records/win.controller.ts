import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import type { JsonObject } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { COMMAND_ANSWER } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed } from '../http/schemas.js';
import { onRecord } from './on-record.js';
import { fieldSchemas, fieldsIn } from './record-schemas.js';
import { NOTED, type NotedBody, noteIn } from './stage.controller.js';

/** Winning an opportunity. */
@ApiTags('opportunities')
@Controller('v1/opportunities')
export class WinController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', ':id/win', {
    summary: 'Marks an opportunity won',
    description: 'Fields given with it, such as the revenue, are edited in the same step.',
    access: Requires('edit', 'opportunity'),
    body: closed({ ...fieldSchemas('opportunity'), ...NOTED }),
    example: { expectedRevenue: { amount: 25000000, currency: 'VND' } },
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  win(
    @Body() body: NotedBody & Readonly<Record<string, unknown>>,
    @Call() call: Call,
  ): Promise<CommandResult> {
    const fields = fieldsIn('opportunity', body) as JsonObject;
    return onRecord(this.ledger, 'opportunity', call, async ({ commandId }, id) => ({
      kind: 'win',
      ...(Object.keys(fields).length > 0 && { fields }),
      ...(await noteIn(body, commandId, id, this.ledger)),
    }));
  }
}
