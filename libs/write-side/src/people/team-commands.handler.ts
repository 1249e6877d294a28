import {
  deriveId,
  Refusal,
  type TeamCommand,
  type TeamEvent,
  type TeamState,
  teamDecider,
  teamStream,
  type Uuid,
} from '#crm';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import type { People } from '../records/references.js';
import type { LiveSettings } from '../settings/live-settings.js';
import { refuseNamed } from '../settings/named-people.js';
import type { UserRegister } from './user-commands.handler.js';

export interface TeamCommands {
  /** Forms a team whose id derives from the command's. */
  form(name: string, envelope: Envelope): Promise<CommandResult>;
  handle(
    id: Uuid,
    command: Exclude<TeamCommand, { kind: 'form' }>,
    envelope: Envelope,
  ): Promise<CommandResult>;
}

export interface TeamCommandsOptions {
  readonly executor: Executor;
  readonly people: People;
  readonly register: Pick<UserRegister, 'refresh'>;
  readonly settings: Pick<LiveSettings, 'current' | 'refresh'>;
}

/** Commands on teams. That the caller may `configure` is for the caller of this to see to. */
export function createTeamCommands({
  executor,
  people,
  register,
  settings,
}: TeamCommandsOptions): TeamCommands {
  const execute = async (id: Uuid, command: TeamCommand, envelope: Envelope) => {
    if (command.kind === 'dissolve') await settings.refresh();
    const executed = await executor.execute(target(id), envelope, (state, context) => {
      const events = teamDecider.decide(state, command, context);
      if (command.kind === 'add-member' && !people.isActiveUser(command.userId)) {
        throw new Refusal('rule', 'unknown_reference', 'There is no such active user.', {
          errors: [
            { path: 'userId', code: 'unknown_reference', message: 'There is no such active user.' },
          ],
        });
      }
      if (command.kind === 'dissolve' && events.length > 0) {
        refuseNamed(settings.current(), { kind: 'team', teamId: id });
      }
      return events;
    });
    await register.refresh();
    return { id, revision: executed.revision, position: executed.position };
  };
  return {
    form: (name, envelope) =>
      execute(deriveId(envelope.commandId, 'team'), { kind: 'form', name }, envelope),
    handle: execute,
  };
}

function target(id: Uuid): Target<TeamState, TeamEvent> {
  return {
    stream: teamStream(id),
    initial: () => teamDecider.initial(id),
    evolve: teamDecider.evolve,
  };
}
