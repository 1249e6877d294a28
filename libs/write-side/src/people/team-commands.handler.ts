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
import { KeyedQueue } from '../execution/keyed-queue.js';
import type { People } from '../records/references.js';
import type { LiveSettings } from '../settings/live-settings.js';
import { refuseNamed } from '../settings/named-people.js';

/** What is known of all teams together. */
export interface TeamRegister {
  /** The team that is called this, whatever its spelling. */
  teamCalled(name: string): Uuid | undefined;
  /** Takes in what has happened up to now. */
  refresh(): Promise<void>;
}

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
  readonly register: TeamRegister;
  readonly settings: Pick<LiveSettings, 'current' | 'refresh'>;
}

/**
 * Commands on teams. That the caller may `configure` is for the caller of this to see to. That no two teams are called alike is checked
 * while no other team is being named in this process: files and people tell teams by their names.
 */
export function createTeamCommands({
  executor,
  people,
  register,
  settings,
}: TeamCommandsOptions): TeamCommands {
  const oneAtATime = new KeyedQueue();
  const execute = async (id: Uuid, command: TeamCommand, envelope: Envelope) => {
    if (command.kind === 'dissolve') await settings.refresh();
    const executed = await executor.execute(target(id), envelope, (state, context) => {
      const events = teamDecider.decide(state, command, context);
      refuseTakenName(id, command, register);
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
  const name = (id: Uuid, command: TeamCommand, envelope: Envelope) =>
    oneAtATime.run('names', async () => {
      await register.refresh();
      return execute(id, command, envelope);
    });
  return {
    form: (called, envelope) =>
      name(deriveId(envelope.commandId, 'team'), { kind: 'form', name: called }, envelope),
    handle: (id, command, envelope) =>
      (command.kind === 'rename' ? name : execute)(id, command, envelope),
  };
}

function refuseTakenName(id: Uuid, command: TeamCommand, register: TeamRegister): void {
  if (command.kind !== 'form' && command.kind !== 'rename') return;
  const other = register.teamCalled(command.name);
  if (other === undefined || other === id) return;
  const message = 'Another team is called this.';
  throw new Refusal('conflict', 'duplicate_name', message, {
    errors: [{ path: 'name', code: 'duplicate_name', message }],
  });
}

function target(id: Uuid): Target<TeamState, TeamEvent> {
  return {
    stream: teamStream(id),
    initial: () => teamDecider.initial(id),
    evolve: teamDecider.evolve,
  };
}
