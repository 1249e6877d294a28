import type { DomainEvent, Uuid } from '#crm';
import { textIn, textsIn } from './read-data.js';

/** A team as the directory knows it. */
export interface Team {
  readonly id: Uuid;
  readonly name?: string;
  readonly memberIds: ReadonlySet<Uuid>;
  /** A team that takes no new records; its members still share those it has. */
  readonly retired: boolean;
}

/** Folds an event of a team's stream; total, as `evolve` is. */
export function foldTeam(team: Team | undefined, id: Uuid, event: DomainEvent): Team | undefined {
  const { type, data } = event;
  if (type === 'TeamFormed') {
    const memberIds = new Set(textsIn(data, 'memberIds'));
    return { id, name: textIn(data, 'name'), memberIds, retired: false };
  }
  if (!team) return undefined;
  switch (type) {
    case 'TeamRenamed':
      return { ...team, name: textIn(data, 'to') };
    case 'TeamMemberAdded':
      return { ...team, memberIds: new Set([...team.memberIds, ...memberIn(data)]) };
    case 'TeamMemberRemoved':
      return { ...team, memberIds: without(team.memberIds, memberIn(data)) };
    case 'TeamRetired':
      return { ...team, retired: true };
    default:
      return team;
  }
}

function memberIn(data: object): readonly Uuid[] {
  const userId = textIn(data, 'userId');
  return userId === undefined ? [] : [userId];
}

function without(ids: ReadonlySet<Uuid>, removed: readonly Uuid[]): ReadonlySet<Uuid> {
  return new Set([...ids].filter((id) => !removed.includes(id)));
}
