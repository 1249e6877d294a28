import type { Instant, Uuid } from '../kernel/ids.js';
import type { TeamState } from '../team/team.js';
import { isAbsent, type UserState } from '../user/user-state.js';

/** Who there is to be given something, as far as is known where it is decided. */
export interface Roster {
  user(id: Uuid): Pick<UserState, 'active' | 'absence'> | undefined;
  team(id: Uuid): Pick<TeamState, 'status' | 'memberIds'> | undefined;
}

/** A roster of nobody: every rule is passed over. */
export const NOBODY: Roster = { user: () => undefined, team: () => undefined };

/** Why the user is given nothing now, if so. */
export function awayFrom(
  roster: Roster,
  userId: Uuid,
  now: Instant,
): 'inactive' | 'absent' | undefined {
  const user = roster.user(userId);
  if (!user?.active) return 'inactive';
  return isAbsent(user, now) ? 'absent' : undefined;
}

/** The members of a team, in the order in which they joined; undefined when there is no such team. */
export function membersOf(roster: Roster, teamId: Uuid): readonly Uuid[] | undefined {
  const team = roster.team(teamId);
  return team?.status === 'formed' ? team.memberIds : undefined;
}
