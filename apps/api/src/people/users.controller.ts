import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { LONGEST_TTL_S, Requires } from '#access';
import { LOCALES, later, Refusal, USER_ROLES, type UserCommand, type Uuid } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand, answerCreation } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, CREATED_ANSWER, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import type { RouteSpec } from '../http/route-spec.js';
import { closed, line, oneOf, optional } from '../http/schemas.js';

const ROLES = Type.Array(oneOf(USER_ROLES, 'A role.'), {
  maxItems: USER_ROLES.length,
  description: 'What the user may do.',
});
const LOCALE = oneOf(LOCALES, 'The language that the user reads.');
const INVITE = closed({
  name: line('What people call the user.'),
  email: line('An e-mail address that no other user has.'),
  locale: optional(LOCALE),
  roles: ROLES,
});
const EDIT = closed({
  name: optional(INVITE.properties.name),
  email: optional(INVITE.properties.email),
  locale: optional(LOCALE),
});
const TOKEN = closed({
  ttlSeconds: optional(
    Type.Integer({
      minimum: 1,
      maximum: LONGEST_TTL_S,
      description: 'How long it is good for. Default: 30 days.',
    }),
  ),
});
const DEFAULT_TTL_S = 30 * 24 * 3_600;

const change = (spec: Pick<RouteSpec, 'summary' | 'body' | 'example'>): RouteSpec => ({
  ...spec,
  access: Requires('configure'),
  answer: COMMAND_ANSWER,
  command: true,
  conditional: true,
});

/** Users, their roles and tokens (PRODUCT.md P11). */
@ApiTags('users')
@Controller('v1/users')
export class UsersController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', '', {
    summary: 'Invites a user',
    access: Requires('configure'),
    body: INVITE,
    example: { name: 'Lê Thu', email: 'thu@example.vn', roles: ['salesperson'] },
    answer: CREATED_ANSWER,
    command: true,
  })
  async invite(
    @Body() body: Static<typeof INVITE>,
    @Call() { request, reply }: Call,
  ): Promise<CommandResult> {
    const command = { kind: 'invite', ...body } as Extract<UserCommand, { kind: 'invite' }>;
    const result = await this.ledger.write.users.invite(command, envelopeOf(request, this.ledger));
    return answerCreation(reply, 'v1/users', result);
  }

  @Route(
    'PATCH',
    ':id',
    change({
      summary: 'Edits a user',
      body: EDIT,
      example: { name: 'Lê Thị Thu' },
    }),
  )
  edit(@Body() body: Static<typeof EDIT>, @Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'edit', ...body } as UserCommand);
  }

  @Route(
    'PUT',
    ':id/roles',
    change({
      summary: 'Gives a user other roles',
      body: closed({ roles: ROLES }),
      example: { roles: ['manager'] },
    }),
  )
  changeRoles(
    @Body() { roles }: Pick<Static<typeof INVITE>, 'roles'>,
    @Call() call: Call,
  ): Promise<CommandResult> {
    return this.on(call, { kind: 'change-roles', roles } as UserCommand);
  }

  @Route(
    'POST',
    ':id/deactivation',
    change({
      summary: 'Keeps a user from coming in, at once',
    }),
  )
  deactivate(@Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'deactivate' });
  }

  @Route('POST', ':id/reactivation', change({ summary: 'Lets a user come in again' }))
  reactivate(@Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'reactivate' });
  }

  @Route('POST', ':id/tokens', {
    summary: 'Issues a token for a user',
    description: 'It is shown this once. It ends with its time, or when the user is deactivated.',
    access: Requires('configure'),
    body: TOKEN,
    example: { ttlSeconds: 86_400 },
    answer: {
      status: 201,
      description: 'The token.',
      schema: 'Token',
      example: { token: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln', expiresAt: EXAMPLE_INSTANT },
    },
    refusals: [409],
  })
  async issueToken(
    @Param('id') id: Uuid,
    @Body() { ttlSeconds = DEFAULT_TTL_S }: { readonly ttlSeconds?: number },
    @Call() { reply }: Call,
  ): Promise<{ readonly token: string; readonly expiresAt: string }> {
    const { people, clock } = this.ledger;
    const user = people.user(id);
    if (!user) throw new Refusal('not-found', 'user_not_found', 'There is no such user.');
    if (!user.active) {
      throw new Refusal('conflict', 'user_not_active', 'The user is deactivated.');
    }
    const expiresAt = later(clock.now(), ttlSeconds * 1_000);
    const token = await this.ledger.issueToken(id, ttlSeconds);
    reply.header('cache-control', 'no-store');
    return { token, expiresAt };
  }

  private async on(
    { request, reply }: Call,
    command: Exclude<UserCommand, { kind: 'invite' }> | UserCommand,
  ): Promise<CommandResult> {
    const { id } = request.params as { readonly id: Uuid };
    const envelope = envelopeOf(request, this.ledger);
    const { users } = this.ledger.write;
    return answerCommand(
      reply,
      await users.handle(id, command as Exclude<UserCommand, { kind: 'invite' }>, envelope),
    );
  }
}
