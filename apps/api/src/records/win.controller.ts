import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { COMMAND_ANSWER } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed } from '../http/schemas.js';
import { type AccompaniedBody, accompanied, accompanimentIn } from './accompaniment.js';
import { onRecord } from './on-record.js';

/** Winning an opportunity. */
@ApiTags('opportunities')
@Controller('v1/opportunities')
export class WinController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', ':id/win', {
    summary: 'Marks an opportunity won',
    description: 'Fields given with it, such as the revenue, are edited in the same step.',
    access: Requires('edit', 'opportunity'),
    body: closed(accompanied('opportunity')),
    example: { expectedRevenue: { amount: 25000000, currency: 'VND' } },
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  win(@Body() body: AccompaniedBody, @Call() call: Call): Promise<CommandResult> {
    return onRecord(this.ledger, 'opportunity', call, async ({ commandId }, id) => ({
      kind: 'win',
      ...(await accompanimentIn('opportunity', body, commandId, id, this.ledger)),
    }));
  }
}
