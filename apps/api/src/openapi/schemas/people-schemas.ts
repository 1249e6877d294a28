import { Type } from '@sinclair/typebox';
import { LOCALES, USER_ROLES } from '#crm';
import { id, instant, oneOf } from '../../http/schemas.js';
import { listOf, open, revision } from './parts.js';

const USER = {
  id: id('The user.'),
  name: Type.String(),
  email: Type.String(),
  locale: oneOf(LOCALES, 'The language that the user reads.'),
  roles: Type.Array(oneOf(USER_ROLES, 'A role.')),
  active: Type.Boolean(),
  revision,
  absence: Type.Optional(
    Type.Object(
      { from: instant('The first moment.'), until: instant('The first moment of being back.') },
      { description: 'When the user is away, or was last.' },
    ),
  ),
};

const TEAM = {
  id: id('The team.'),
  name: Type.String(),
  memberIds: Type.Array(id('A member.'), { description: 'In order of joining.' }),
  dissolved: Type.Boolean(),
  revision,
};

/** Of who works here. */
export const PEOPLE_SCHEMAS = {
  Me: open({ id: id('You.'), roles: Type.Array(Type.String()) }),
  Token: Type.Object({ token: Type.String(), expiresAt: instant('When it ends.') }),
  User: open(USER),
  UserPage: listOf(USER),
  Team: open(TEAM),
  TeamPage: listOf(TEAM),
} as const;
