import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Principal, SignedIn } from '#access';
import {
  allPreferences,
  DEFAULT_PREFERENCES,
  EMAIL_MODES,
  type KindPreferences,
  NOTIFICATION_KINDS,
  type NotificationKind,
  type PreferNotifications,
} from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed, oneOf, optional } from '../http/schemas.js';

const KIND = closed({
  inbox: optional(Type.Boolean({ description: 'Whether the inbox shows it.' })),
  email: optional(oneOf(EMAIL_MODES, 'When an e-mail tells of it.')),
});
const CHANGE = closed({
  kinds: optional(
    closed(Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, optional(KIND)]))),
  ),
  digestHour: optional(
    Type.Integer({
      minimum: 0,
      maximum: 23,
      description: 'When the digest is sent, in the time zone of the installation.',
    }),
  ),
});
const OWN = SignedIn('Everybody chooses for themselves.');

interface Preferences {
  readonly kinds: Readonly<Record<NotificationKind, KindPreferences>>;
  readonly digestHour: number;
  /** Whether this installation sends e-mails at all. */
  readonly emails: boolean;
}

/** Of what the caller is told where (PRODUCT.md P6). */
@ApiTags('notifications')
@Controller('v1/me/notification-preferences')
export class PreferencesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Tells of what you are told where',
    access: OWN,
    answer: {
      description: 'Every kind of notice, with its channels.',
      schema: 'NotificationPreferences',
      example: {
        kinds: allPreferences(DEFAULT_PREFERENCES),
        digestHour: DEFAULT_PREFERENCES.digestHour,
        emails: true,
      },
    },
  })
  get(@Principal() { userId }: Principal): Preferences {
    const preferences = this.ledger.people.preferencesOf(userId);
    const { digestHour } = preferences;
    const emails = this.ledger.config.mail !== undefined;
    return { kinds: allPreferences(preferences), digestHour, emails };
  }

  @Route('PATCH', '', {
    summary: 'Chooses of what you are told where',
    description: 'What is left out stays as it is. At once, in one mail a day, or not at all.',
    access: OWN,
    body: CHANGE,
    example: { kinds: { 'new-opportunity': { email: 'digest' } }, digestHour: 17 },
    answer: COMMAND_ANSWER,
    command: true,
  })
  async change(
    @Body() body: Static<typeof CHANGE>,
    @Principal() { userId }: Principal,
    @Call() { request, reply }: Call,
  ): Promise<CommandResult> {
    const command = { kind: 'prefer-notifications', ...body } as PreferNotifications;
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await this.ledger.write.users.handle(userId, command, envelope));
  }
}
