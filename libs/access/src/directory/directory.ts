import type { Recorded, Uuid } from '#crm';
import type { Principal } from '../principal.js';
import { foldTeam, type Team } from './team.js';
import { foldUser, type User } from './user.js';

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
  /** Whether there is such a user, and whether they are active: an owner must be. */
  user(userId: Uuid): User | undefined;
  team(teamId: Uuid): Team | undefined;
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
  const users = new Map<Uuid, User>();
  const teams = new Map<Uuid, Team>();
  const revisions = new Map<string, number>();
  const principals = new Map<Uuid, Principal>();

  return {
    apply(event) {
      const [kind, id] = subjectOf(event.stream);
      if (!kind || event.revision <= (revisions.get(event.stream) ?? -1)) return;
      revisions.set(event.stream, event.revision);
      if (kind === 'user') set(users, id, foldUser(users.get(id), id, event));
      else set(teams, id, foldTeam(teams.get(id), id, event));
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
        (user) => user.active && user.email?.trim().toLowerCase() === wanted,
      );
      return found.length === 1 ? found[0]?.id : undefined;
    },
    user: (userId) => users.get(userId),
    team: (teamId) => teams.get(teamId),
    userNames(userIds) {
      const names = new Map<Uuid, string>();
      for (const id of userIds) {
        const name = users.get(id)?.name;
        if (name !== undefined) names.set(id, name);
      }
      return names;
    },
    membersOf: (teamId) => [...(teams.get(teamId)?.memberIds ?? [])],
    hasUsers: () => users.size > 0,
  };
}

function principalFrom(user: User, teams: ReadonlyMap<Uuid, Team>): Principal {
  const own = [...teams.values()].filter((team) => team.memberIds.has(user.id));
  return Object.freeze({
    userId: user.id,
    roles: user.roles,
    teamIds: own.map((team) => team.id),
    teamMemberIds: [...new Set(own.flatMap((team) => [...team.memberIds]))],
    locale: user.locale,
  });
}

function subjectOf(stream: string): readonly [kind: 'user' | 'team' | undefined, id: Uuid] {
  const [, kind, id] = /^(user|team)-(.+)$/.exec(stream) ?? [];
  return [kind as 'user' | 'team' | undefined, id ?? ''];
}

function set<Value>(map: Map<Uuid, Value>, id: Uuid, value: Value | undefined): void {
  if (value !== undefined) map.set(id, value);
}
