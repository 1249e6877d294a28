import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { NotificationPreferences } from '../notification/preferences.js';
import type { Change } from '../record/change.js';
import type { Absence, Locale, UserRole } from './user-state.js';

export type UserInvited = DomainEvent<
  'UserInvited',
  {
    readonly name: string;
    readonly email: string;
    readonly locale: Locale;
    readonly roles: readonly UserRole[];
  }
>;
/** Changes of `name`, `email` and `locale`. */
export type UserEdited = DomainEvent<'UserEdited', { readonly changes: readonly Change[] }>;
export type UserRolesChanged = DomainEvent<
  'UserRolesChanged',
  { readonly from: readonly UserRole[]; readonly to: readonly UserRole[] }
>;
export type UserDeactivated = DomainEvent<'UserDeactivated', Readonly<Record<string, never>>>;
export type UserReactivated = DomainEvent<'UserReactivated', Readonly<Record<string, never>>>;
export type UserNotificationsPreferred = DomainEvent<
  'UserNotificationsPreferred',
  { readonly from: NotificationPreferences; readonly to: NotificationPreferences }
>;
/** Replaces the absence told before. */
export type UserAbsenceSet = DomainEvent<'UserAbsenceSet', Absence>;
export type UserAbsenceCleared = DomainEvent<'UserAbsenceCleared', Readonly<Record<string, never>>>;

export type UserEvent =
  | UserInvited
  | UserEdited
  | UserRolesChanged
  | UserDeactivated
  | UserReactivated
  | UserNotificationsPreferred
  | UserAbsenceSet
  | UserAbsenceCleared;

export const USER_EVENTS: readonly EventDefinition[] = [
  defineEvent('UserInvited', 'A user may sign in.', {
    paths: ['name', 'email'],
    changedFields: [],
  }),
  defineEvent('UserEdited', 'A user got another name, e-mail or language.', {
    paths: [],
    changedFields: ['name', 'email'],
  }),
  defineEvent('UserRolesChanged', 'A user got other roles.'),
  defineEvent('UserDeactivated', 'A user may no longer sign in.'),
  defineEvent('UserReactivated', 'A deactivated user may sign in again.'),
  defineEvent(
    'UserNotificationsPreferred',
    'A user chose of what to be told where: in the inbox, by e-mail at once, once a day, or not.',
  ),
  defineEvent('UserAbsenceSet', 'A user is away for a time; assignment rules pass over them.'),
  defineEvent('UserAbsenceCleared', 'A user is not away, or is back.'),
];
