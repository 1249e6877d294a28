import {
  deriveId,
  type InviteUser,
  Refusal,
  type UserCommand,
  type UserEvent,
  type UserState,
  type Uuid,
  userDecider,
  userStream,
} from '#crm';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import { KeyedQueue } from '../execution/keyed-queue.js';
import type { LiveSettings } from '../settings/live-settings.js';
import { refuseNamed } from '../settings/named-people.js';

/** What is known of all users together. */
export interface UserRegister {
  /** The user that has this e-mail, whatever its spelling. */
  withEmail(email: string): Uuid | undefined;
  activeAdmins(): readonly Uuid[];
  /** Takes in what has happened up to now. */
  refresh(): Promise<void>;
}

export interface UserCommands {
  /** Invites a user under the given id, or under one that derives from the command's. */
  invite(command: InviteUser, envelope: Envelope, id?: Uuid): Promise<CommandResult>;
  handle(
    id: Uuid,
    command: Exclude<UserCommand, InviteUser>,
    envelope: Envelope,
  ): Promise<CommandResult>;
}

export interface UserCommandsOptions {
  readonly executor: Executor;
  readonly register: UserRegister;
  readonly settings: Pick<LiveSettings, 'current' | 'refresh'>;
}

/**
 * Commands on users. That the caller may `configure` is for the caller of this to see to. What holds across users (one
 * e-mail, one user; an admin remains; nobody goes whom a rule in force names) is checked while no other command on users is under way in this process.
 */
export function createUserCommands({
  executor,
  register,
  settings,
}: UserCommandsOptions): UserCommands {
  const oneAtATime = new KeyedQueue();
  const execute = (id: Uuid, command: UserCommand, envelope: Envelope) =>
    oneAtATime.run('users', async () => {
      await Promise.all([register.refresh(), settings.refresh()]);
      const executed = await executor.execute(target(id), envelope, (state, context) => {
        const events = userDecider.decide(state, command, context);
        refuseSharedEmail(id, command, register);
        refuseLastAdmin(state, command, register);
        if (command.kind === 'deactivate' && events.length > 0) {
          refuseNamed(settings.current(), { kind: 'user', userId: id });
        }
        return events;
      });
      await register.refresh();
      return { id, revision: executed.revision, position: executed.position };
    });
  return {
    invite: (command, envelope, id = deriveId(envelope.commandId, 'user')) =>
      execute(id, command, envelope),
    handle: execute,
  };
}

function target(id: Uuid): Target<UserState, UserEvent> {
  return {
    stream: userStream(id),
    initial: () => userDecider.initial(id),
    evolve: userDecider.evolve,
  };
}

function refuseSharedEmail(id: Uuid, command: UserCommand, register: UserRegister): void {
  if ((command.kind !== 'invite' && command.kind !== 'edit') || command.email === undefined) return;
  const other = register.withEmail(command.email);
  if (other === undefined || other === id) return;
  throw new Refusal('conflict', 'email_taken', 'Another user has this e-mail.', {
    errors: [{ path: 'email', code: 'taken', message: 'Another user has this e-mail.' }],
  });
}

function refuseLastAdmin({ id }: UserState, command: UserCommand, register: UserRegister): void {
  const steps =
    command.kind === 'deactivate' ||
    (command.kind === 'change-roles' && !command.roles.includes('admin'));
  const admins = register.activeAdmins();
  if (!steps || admins.length !== 1 || admins[0] !== id) return;
  throw new Refusal('conflict', 'last_admin', 'The last active admin has to stay one.');
}
