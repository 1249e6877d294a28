import { Requires } from '#access';
import type { SettingsCommand } from '#crm';
import type { SettingsResult } from '#write-side';
import type { Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import type { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import type { RouteSpec } from '../http/route-spec.js';

/** Carries out a change of settings, and answers with all settings after it. */
export async function changeSettings(
  ledger: Leadledger,
  { request, reply }: Call,
  command: SettingsCommand,
): Promise<SettingsResult> {
  const envelope = envelopeOf(request, ledger);
  return answerCommand(reply, await ledger.write.settingsCommands.handle(command, envelope));
}

/** What routes that change settings have in common. */
export function settingsRoute(
  spec: Pick<RouteSpec, 'summary' | 'params' | 'body' | 'example' | 'description'>,
): RouteSpec {
  return {
    ...spec,
    access: Requires('configure'),
    answer: {
      description: 'Changed. All settings as they are now.',
      schema: 'SettingsResult',
      example: { id: 'settings', revision: 2, position: 1207, settings: { revision: 2 } },
    },
    command: true,
    conditional: true,
  };
}
