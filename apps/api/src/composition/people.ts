import { createDirectory, DIRECTORY_PREFIXES, type Directory } from '#access';
import {
  DEFAULT_PREFERENCES,
  emailKey,
  foldName,
  type NotificationPreferences,
  type Roster,
  type TeamState,
  type UserRole,
  type UserState,
  type Uuid,
} from '#crm';
import { createLogFollower, type EventLog } from '#event-store';
import type { People, TeamRegister, UserRegister } from '#write-side';

/** Users and teams in memory, as far as the log was read. */
export interface LivePeople extends People, UserRegister, TeamRegister, Roster {
  /** Who may come in, and what people and teams are called. */
  readonly directory: Directory;
  user(id: Uuid): UserState | undefined;
  team(id: Uuid): TeamState | undefined;
  users(): readonly UserState[];
  /** How somebody wants to be told, as nobody chose where there is no such user. */
  preferencesOf(id: Uuid): NotificationPreferences;
  /** Active users of a role. */
  withRole(role: UserRole): readonly Uuid[];
  /** Keeps up with changes made by other processes until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
}

/** Nobody, until `refresh` was called. */
export function createPeople(log: EventLog): LivePeople {
  const directory = createDirectory();
  const { position, refresh } = createLogFollower(log, DIRECTORY_PREFIXES, directory.apply);
  const withRole = (role: UserRole) =>
    directory
      .users()
      .filter(({ active, roles }) => active && roles.includes(role))
      .map(({ id }) => id);
  return {
    directory,
    user: directory.user,
    team: directory.team,
    users: directory.users,
    preferencesOf: (id) => directory.user(id)?.notifications ?? DEFAULT_PREFERENCES,
    isActiveUser: (id) => directory.user(id)?.active === true,
    isTeam: (id) => directory.team(id)?.status === 'formed',
    withEmail: (email) => {
      const wanted = emailKey(email);
      if (wanted === undefined) return undefined;
      return directory.users().find((user) => emailKey(user.email) === wanted)?.id;
    },
    teamCalled: (name) => {
      const wanted = foldName(name);
      const called = directory
        .teams()
        .find((team) => team.status === 'formed' && foldName(team.name) === wanted);
      return called?.id;
    },
    withRole,
    activeAdmins: () => withRole('admin'),
    refresh,
    async follow(signal) {
      for await (const { events } of log.subscribe({
        after: position(),
        prefixes: DIRECTORY_PREFIXES,
        signal,
      })) {
        if (events.length > 0) await refresh();
      }
    },
  };
}
