import type { DomainEvent, Uuid } from '#crm';
import { isRole, type Role } from '../rights.js';
import { changesIn, textIn, textsIn } from './read-data.js';

/** A user as the directory knows them. Name and e-mail are gone once erased. */
export interface User {
  readonly id: Uuid;
  readonly name?: string;
  readonly email?: string;
  readonly locale?: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
}

/**
 * Folds an event of a user's stream; total, as `evolve` is. Whoever is not known, or has a shape of another version, gets
 * no right by it.
 */
export function foldUser(user: User | undefined, id: Uuid, event: DomainEvent): User | undefined {
  const { type, data } = event;
  if (type === 'UserCaptured')
    return { ...detailsIn(data), id, roles: rolesIn(data, 'roles'), active: true };
  if (!user) return undefined;
  switch (type) {
    case 'UserEdited':
      return { ...user, ...editedDetails(user, data) };
    case 'UserRolesChanged':
      return { ...user, roles: rolesIn(data, 'to') };
    case 'UserDeactivated':
      return { ...user, active: false };
    case 'UserReactivated':
      return { ...user, active: true };
    default:
      return user;
  }
}

type Details = Pick<User, 'name' | 'email' | 'locale'>;

function detailsIn(data: object): Details {
  return {
    name: textIn(data, 'name'),
    email: textIn(data, 'email'),
    locale: textIn(data, 'locale'),
  };
}

function editedDetails(user: User, data: object): Details {
  const before = { name: user.name, email: user.email, locale: user.locale };
  return detailsIn({ ...before, ...Object.fromEntries(changesIn(data)) });
}

function rolesIn(data: object, name: string): readonly Role[] {
  return [...new Set(textsIn(data, name).filter(isRole))];
}
