import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import type { TeamCommand, Uuid } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand, answerCreation } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, CREATED_ANSWER } from '../http/examples.js';
import { Route } from '../http/route.js';
import type { RouteSpec } from '../http/route-spec.js';
import { closed, line } from '../http/schemas.js';

const NAME = closed({ name: line('What people call the team.') });
const change = (spec: Pick<RouteSpec, 'summary' | 'body' | 'example'>): RouteSpec => ({
  ...spec,
  access: Requires('configure'),
  answer: COMMAND_ANSWER,
  command: true,
  conditional: true,
});

/** Sales teams and their members (PRODUCT.md P7). */
@ApiTags('teams')
@Controller('v1/teams')
export class TeamsController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', '', {
    summary: 'Forms a team',
    access: Requires('configure'),
    body: NAME,
    example: { name: 'Miền Nam' },
    answer: CREATED_ANSWER,
    command: true,
  })
  async form(
    @Body() { name }: { readonly name: string },
    @Call() { request, reply }: Call,
  ): Promise<CommandResult> {
    const result = await this.ledger.write.teams.form(name, envelopeOf(request, this.ledger));
    return answerCreation(reply, 'v1/teams', result);
  }

  @Route(
    'PATCH',
    ':id',
    change({
      summary: 'Renames a team',
      body: NAME,
      example: { name: 'Miền Nam 1' },
    }),
  )
  rename(@Body() { name }: { readonly name: string }, @Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'rename', name });
  }

  @Route('PUT', ':id/members/:userId', change({ summary: 'Adds a user to a team' }))
  addMember(@Param('userId') userId: Uuid, @Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'add-member', userId });
  }

  @Route('DELETE', ':id/members/:userId', change({ summary: 'Takes a user out of a team' }))
  removeMember(@Param('userId') userId: Uuid, @Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'remove-member', userId });
  }

  @Route('DELETE', ':id', change({ summary: 'Dissolves a team; its records stay' }))
  dissolve(@Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'dissolve' });
  }

  private async on(
    { request, reply }: Call,
    command: Exclude<TeamCommand, { kind: 'form' }>,
  ): Promise<CommandResult> {
    const { id } = request.params as { readonly id: Uuid };
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await this.ledger.write.teams.handle(id, command, envelope));
  }
}
