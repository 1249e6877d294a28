import { SetMetadata } from '@nestjs/common';
import type { Action, SubjectType } from '../rights.js';

/** What opens a route. */
export type Access =
  | { readonly to: 'everyone'; readonly why: string }
  | { readonly to: 'signed-in'; readonly why: string }
  | {
      readonly to: 'those-who-may';
      readonly action: Action;
      readonly recordType: SubjectType | undefined;
    };

export const ACCESS = Symbol('access');

/** Opens a route to everyone, signed in or not. The reason is for whoever reviews it. */
export const Open = (why: string) => SetMetadata(ACCESS, accessTo('everyone', why));

/** Opens a route to every active user, whatever their roles. */
export const SignedIn = (why: string) => SetMetadata(ACCESS, accessTo('signed-in', why));

/**
 * Opens a route to those whose roles allow the action on some record at least, or at all. On which records is asked
 * where the record is known: `requireRight` for one, `scopeFilter` for a list.
 */
export const Requires = (action: Action, recordType?: SubjectType) =>
  SetMetadata(ACCESS, { to: 'those-who-may', action, recordType } satisfies Access);

function accessTo(to: 'everyone' | 'signed-in', why: string): Access {
  if (why.trim() === '') throw new Error('Say why the route is open.');
  return { to, why };
}
