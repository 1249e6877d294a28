import type { Decider, DecisionContext } from '../kernel/decider.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import { parseInstant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import {
  DEFAULT_PREFERENCES,
  type PreferNotifications,
  withPreferences,
} from '../notification/preferences.js';
import { sameValue } from '../record/field.js';
import { readEmail } from '../record/values/email.js';
import { InputReading } from '../record/values/input-reading.js';
import { accepted, type Reader, rejected } from '../record/values/reading.js';
import type { UserEvent } from './user-events.js';
import { LOCALES, type Locale, USER_ROLES, type UserRole, type UserState } from './user-state.js';

/** Without a locale the user reads Vietnamese. */
export type InviteUser = {
  readonly kind: 'invite';
  readonly name: string;
  readonly email: string;
  readonly locale?: Locale;
  readonly roles: readonly UserRole[];
};
/** What is left out stays as it is. */
export type EditUser = {
  readonly kind: 'edit';
  readonly name?: string;
  readonly email?: string;
  readonly locale?: Locale;
};
/** Away from now on, unless said from when. What was told before is replaced. */
export type SetAbsence = {
  readonly kind: 'set-absence';
  readonly from?: string;
  readonly until: string;
};
export type UserCommand =
  | InviteUser
  | EditUser
  | { readonly kind: 'change-roles'; readonly roles: readonly UserRole[] }
  | { readonly kind: 'deactivate' }
  | { readonly kind: 'reactivate' }
  | PreferNotifications
  | SetAbsence
  | { readonly kind: 'clear-absence' };

/** The rules of a user (PRODUCT.md P11). That one e-mail is one user, and that an admin remains, spans streams: not here. */
export const userDecider: Decider<UserState, UserCommand, UserEvent> = {
  initial: (id: Uuid) => ({
    id,
    exists: false,
    name: '',
    email: '',
    locale: 'vi',
    roles: [],
    active: false,
    notifications: DEFAULT_PREFERENCES,
  }),
  decide,
  evolve(state, event) {
    switch (event.type) {
      case 'UserInvited':
        return { ...state, ...event.data, exists: true, active: true };
      case 'UserEdited': {
        const told = event.data.changes.filter(({ to }) => to !== undefined);
        return { ...state, ...Object.fromEntries(told.map(({ field, to }) => [field, to])) };
      }
      case 'UserRolesChanged':
        return { ...state, roles: event.data.to };
      case 'UserDeactivated':
        return { ...state, active: false };
      case 'UserReactivated':
        return { ...state, active: true };
      case 'UserNotificationsPreferred':
        return { ...state, notifications: event.data.to };
      case 'UserAbsenceSet':
        return { ...state, absence: event.data };
      case 'UserAbsenceCleared':
        return { ...state, absence: undefined };
      default: {
        const unknown: never = event;
        void unknown;
        return state;
      }
    }
  },
};

function decide(
  state: UserState,
  command: UserCommand,
  { now }: DecisionContext,
): readonly UserEvent[] {
  if (command.kind === 'invite') return invite(state, command);
  if (!state.exists) throw new Refusal('not-found', 'user_not_found', 'There is no such user.');
  switch (command.kind) {
    case 'edit':
      return edit(state, command);
    case 'change-roles': {
      const reading = new InputReading();
      const to = readRoles(reading, command.roles);
      reading.finish();
      const { roles: from } = state;
      return sameValue(from, to) ? [] : [{ type: 'UserRolesChanged', data: { from, to } }];
    }
    case 'deactivate':
      return state.active ? [{ type: 'UserDeactivated', data: {} }] : [];
    case 'reactivate':
      return state.active ? [] : [{ type: 'UserReactivated', data: {} }];
    case 'prefer-notifications': {
      const { notifications: from } = state;
      const to = withPreferences(from, command);
      return sameValue(from, to)
        ? []
        : [{ type: 'UserNotificationsPreferred', data: { from, to } }];
    }
    case 'set-absence':
      return setAbsence(state, command, now);
    case 'clear-absence':
      return state.absence ? [{ type: 'UserAbsenceCleared', data: {} }] : [];
  }
}

function invite(state: UserState, command: InviteUser): readonly UserEvent[] {
  if (state.exists) throw new Refusal('conflict', 'user_exists', 'The user is there already.');
  const reading = new InputReading();
  const data = {
    name: reading.name(command.name, 'name'),
    email: reading.required(readEmail, command.email, 'email', ''),
    locale: reading.required(readLocale, command.locale ?? 'vi', 'locale', 'vi'),
    roles: readRoles(reading, command.roles),
  };
  reading.finish();
  return [{ type: 'UserInvited', data }];
}

function edit(state: UserState, command: EditUser): readonly UserEvent[] {
  const reading = new InputReading();
  const to = {
    name: reading.name(command.name ?? state.name, 'name'),
    email: reading.required(readEmail, command.email ?? state.email, 'email', ''),
    locale: reading.required(readLocale, command.locale ?? state.locale, 'locale', 'vi'),
  };
  reading.finish();
  const changes = (['name', 'email', 'locale'] as const)
    .filter((field) => state[field] !== to[field])
    .map((field) => ({ field, from: state[field], to: to[field] }));
  return changes.length === 0 ? [] : [{ type: 'UserEdited', data: { changes } }];
}

function setAbsence(
  { absence }: UserState,
  command: SetAbsence,
  now: Instant,
): readonly UserEvent[] {
  const reading = new InputReading();
  const from = reading.required(readMoment, command.from ?? now, 'from', now);
  const until = reading.required(readMoment, command.until, 'until', now);
  reading.finish();
  if (until <= now) reading.refuse('until', 'in_the_past', 'This is over already.');
  else if (until <= from) reading.refuse('until', 'before_from', 'It would end before it begins.');
  reading.finish();
  const told = { from, until };
  return sameValue(absence, told) ? [] : [{ type: 'UserAbsenceSet', data: told }];
}

const readMoment: Reader<Instant> = (raw, path) => {
  const instant = parseInstant(raw);
  return instant === undefined
    ? rejected(path, 'invalid_instant', 'This is a moment such as 2026-03-01T09:30:00+07:00.')
    : accepted(instant);
};

const readLocale: Reader<Locale> = (raw, path) => {
  const locale = LOCALES.find((candidate) => candidate === raw);
  return locale
    ? accepted<Locale>(locale)
    : rejected(path, 'unknown_locale', `This is one of: ${LOCALES.join(', ')}.`);
};

function readRoles(reading: InputReading, raw: readonly UserRole[]): readonly UserRole[] {
  if (!Array.isArray(raw)) {
    reading.refuse('roles', 'wrong_type', 'This must be a list.');
    return [];
  }
  for (const [index, role] of raw.entries()) {
    const message = `This is one of: ${USER_ROLES.join(', ')}.`;
    reading.refuseUnless(USER_ROLES.includes(role), `roles.${index}`, 'unknown_role', message);
  }
  return USER_ROLES.filter((role) => raw.includes(role));
}
