import {
  type Absence,
  DEFAULT_PREFERENCES,
  type Locale,
  type NotificationPreferences,
  type Recorded,
  sameValue,
  type TeamEvent,
  type TeamState,
  teamDecider,
  type UserEvent,
  type UserRole,
  type UserState,
  type Uuid,
  userDecider,
} from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';

export interface UserDocument extends Document {
  readonly id: Uuid;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
  readonly roles: readonly UserRole[];
  readonly active: boolean;
  /** What the user chose to be told where; absent from who chose nothing. */
  readonly notifications?: NotificationPreferences;
  /** The last one told, past or to come. */
  readonly absence?: Absence;
  readonly revision: number;
}

export interface TeamDocument extends Document {
  readonly id: Uuid;
  readonly name: string;
  readonly memberIds: readonly Uuid[];
  readonly dissolved: boolean;
  readonly revision: number;
}

export const USERS: CollectionDefinition = {
  name: 'users',
  version: 2,
  indexes: [{ fields: ['name'] }, { fields: ['email'] }],
};

export const TEAMS: CollectionDefinition = {
  name: 'teams',
  version: 1,
  indexes: [{ fields: ['name'] }, { fields: ['memberIds'], multi: 'exact' }],
};

/** Who uses the product. */
export const userProjection: Projection<UserState> = {
  collection: USERS,
  prefixes: ['user-'],
  oneStream: true,
  keys: ({ stream }) => [stream.slice('user-'.length)],
  open(id, stored) {
    if (!stored) return userDecider.initial(id);
    const { revision: _, ...user } = stored as UserDocument;
    return { notifications: DEFAULT_PREFERENCES, ...user, exists: true };
  },
  evolve: (user, event) => userDecider.evolve(user, event as Recorded<UserEvent>),
  close(
    { id, exists, name, email, locale, roles, active, notifications, absence },
    { revision },
  ): UserDocument | undefined {
    // An erased user has no name and no e-mail any more.
    const told = { name: name ?? '', email: email ?? '' };
    if (!exists) return undefined;
    const isChosen = !sameValue(notifications, DEFAULT_PREFERENCES);
    const chosen = { ...(isChosen && { notifications }), ...(absence && { absence }) };
    return { id, ...told, locale, roles, active, ...chosen, revision };
  },
};

/** Teams with their members; a dissolved team stays, since records may name it. */
export const teamProjection: Projection<TeamState> = {
  collection: TEAMS,
  prefixes: ['team-'],
  oneStream: true,
  keys: ({ stream }) => [stream.slice('team-'.length)],
  open(id, stored) {
    if (!stored) return teamDecider.initial(id);
    const { name, memberIds, dissolved } = stored as TeamDocument;
    return { id, name, memberIds, status: dissolved ? 'dissolved' : 'formed' };
  },
  evolve: (team, event) => teamDecider.evolve(team, event as Recorded<TeamEvent>),
  close({ id, status, name, memberIds }, { revision }): TeamDocument | undefined {
    if (status === 'absent') return undefined;
    return { id, name, memberIds, dissolved: status === 'dissolved', revision };
  },
};
