import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Static } from '@sinclair/typebox';
import { Principal, requireProductRight, SignedIn } from '#access';
import type { SetAbsence, UserCommand, Uuid } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER } from '../http/examples.js';
import { Route } from '../http/route.js';
import type { RouteSpec } from '../http/route-spec.js';
import { closed, instant, optional } from '../http/schemas.js';

const ABSENCE = closed({
  from: optional(instant('Since when; now, when left out.')),
  until: instant('The first moment of being back.'),
});
const change = (spec: Pick<RouteSpec, 'summary' | 'description' | 'body' | 'example'>) => ({
  ...spec,
  access: SignedIn('People tell of their own absence; of others’ only who may configure.'),
  answer: COMMAND_ANSWER,
  command: true as const,
  conditional: true as const,
  refusals: [403],
});

/** When somebody is away (PRODUCT.md P6): assignment rules pass over them. */
@ApiTags('users')
@Controller('v1/users')
export class AbsenceController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route(
    'PUT',
    ':id/absence',
    change({
      summary: 'Tells when a user is away',
      description: 'Assignment rules pass over whoever is away. It replaces what was told before.',
      body: ABSENCE,
      example: { from: '2026-03-02T00:00:00+07:00', until: '2026-03-07T00:00:00+07:00' },
    }),
  )
  set(
    @Param('id') id: Uuid,
    @Body() body: Static<typeof ABSENCE>,
    @Principal() caller: Principal,
    @Call() call: Call,
  ): Promise<CommandResult> {
    const { from, until } = body;
    const command = { kind: 'set-absence', until, ...(from !== undefined && { from }) } as const;
    return this.on(id, command, caller, call);
  }

  @Route('DELETE', ':id/absence', change({ summary: 'Tells that a user is not away, or is back' }))
  clear(
    @Param('id') id: Uuid,
    @Principal() caller: Principal,
    @Call() call: Call,
  ): Promise<CommandResult> {
    return this.on(id, { kind: 'clear-absence' }, caller, call);
  }

  private async on(
    id: Uuid,
    command: SetAbsence | Extract<UserCommand, { kind: 'clear-absence' }>,
    caller: Principal,
    { request, reply }: Call,
  ): Promise<CommandResult> {
    if (id !== caller.userId) requireProductRight(caller, 'configure');
    const { users } = this.ledger.write;
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await users.handle(id, command, envelope));
  }
}
