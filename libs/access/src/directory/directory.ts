import {
  type Recorded,
  type TeamEvent,
  type TeamState,
  teamDecider,
  type UserEvent,
  type UserState,
  type Uuid,
  userDecider,
} from '#crm';
import type { Principal } from '../principal.js';
import { isRole } from '../rights.js';

/** Users and teams as their events tell, in memory: who is calling, what they are called, who is in a team. */
export interface Directory {
  /**
   * Takes in an event of a `user-…` or `team-…` stream, with its personal parts open; others are passed over. Events of
   * one stream must come in order; one that comes again changes nothing.
   */
  apply(event: Recorded): void;
  /** The user as a caller, when they exist and are active. */
  principalOf(userId: Uuid): Principal | undefined;
  /** The active user with this address, in whatever letter case; undefined when several have it. */
  activeUserByEmail(email: string): Uuid | undefined;
  /** A user ever invited, active or not. */
  user(userId: Uuid): UserState | undefined;
  /** All of them. */
  users(): readonly UserState[];
  /** A team ever formed, dissolved or not. */
  team(teamId: Uuid): TeamState | undefined;
  /** All of them. */
  teams(): readonly TeamState[];
  /** Names by id, of users active or not; those unknown or erased are left out. */
  userNames(userIds: Iterable<Uuid>): ReadonlyMap<Uuid, string>;
  /** The team's members, deactivated ones included: their records stay with the team. Empty when there is no such team. */
  membersOf(teamId: Uuid): readonly Uuid[];
  hasUsers(): boolean;
}

/** Names of the streams that a directory folds, as prefixes to subscribe to. */
export const DIRECTORY_PREFIXES = ['user-', 'team-'] as const;

/** An empty directory. */
export function createDirectory(): Directory {
  const users = new Map<Uuid, UserState>();
  const teams = new Map<Uuid, TeamState>();
  const revisions = new Map<string, number>();
  const principals = new Map<Uuid, Principal>();

  return {
    apply(event) {
      const [, kind, id] = /^(user|team)-(.+)$/.exec(event.stream) ?? [];
      if (!kind || !id || event.revision <= (revisions.get(event.stream) ?? -1)) return;
      revisions.set(event.stream, event.revision);
      // Streams hold nothing but events of their decider, which takes what it does not know as nothing.
      if (kind === 'user') {
        const user = users.get(id) ?? userDecider.initial(id);
        users.set(id, userDecider.evolve(user, event as Recorded<UserEvent>));
      } else {
        const team = teams.get(id) ?? teamDecider.initial(id);
        teams.set(id, teamDecider.evolve(team, event as Recorded<TeamEvent>));
      }
      // A change of one team changes whom all of its members can see.
      principals.clear();
    },
    principalOf(userId) {
      const known = principals.get(userId);
      if (known) return known;
      const user = users.get(userId);
      if (!user?.active) return undefined;
      const principal = principalFrom(user, teams);
      principals.set(userId, principal);
      return principal;
    },
    activeUserByEmail(email) {
      const wanted = email.trim().toLowerCase();
      const found = [...users.values()].filter(
        (user) => user.active && user.email?.toLowerCase() === wanted,
      );
      return wanted !== '' && found.length === 1 ? found[0]?.id : undefined;
    },
    user: (userId) => users.get(userId),
    users: () => [...users.values()],
    team: (teamId) => teams.get(teamId),
    teams: () => [...teams.values()],
    userNames(userIds) {
      const names = new Map<Uuid, string>();
      for (const id of userIds) {
        const name = users.get(id)?.name;
        if (name) names.set(id, name);
      }
      return names;
    },
    membersOf: (teamId) => teams.get(teamId)?.memberIds ?? [],
    hasUsers: () => [...users.values()].some((user) => user.exists),
  };
}

function principalFrom(user: UserState, teams: ReadonlyMap<Uuid, TeamState>): Principal {
  const own = [...teams.values()].filter((team) => team.memberIds.includes(user.id));
  return Object.freeze({
    userId: user.id,
    // An event of a later version may name a role that this one knows nothing of.
    roles: user.roles.filter(isRole),
    teamIds: own.map((team) => team.id),
    teamMemberIds: [...new Set(own.flatMap((team) => team.memberIds))],
    locale: user.locale,
  });
}
