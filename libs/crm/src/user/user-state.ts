import type { Instant, Uuid } from '../kernel/ids.js';
import type { NotificationPreferences } from '../notification/preferences.js';

/** What a user may be (PRODUCT.md P11); what each may do is for the room that grants rights. */
export const USER_ROLES = [
  'admin',
  'manager',
  'salesperson',
  'support',
  'analyst',
  'integration',
] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** The languages that the product speaks. */
export const LOCALES = ['vi', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** When somebody is away: from the first moment on, up to the second and without it. */
export type Absence = { readonly from: Instant; readonly until: Instant };

/** Who uses the product. Which teams a user is in is told by the teams' streams. */
export interface UserState {
  readonly id: Uuid;
  /** False for a user never invited. */
  readonly exists: boolean;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
  /** In the order of `USER_ROLES`. */
  readonly roles: readonly UserRole[];
  readonly active: boolean;
  /** Of what the user wants to be told where. */
  readonly notifications: NotificationPreferences;
  /** The last one told, past or to come. Assignment rules pass over whoever is away. */
  readonly absence?: Absence | undefined;
}

/** The stream of one user. */
export function userStream(id: Uuid): string {
  return `user-${id}`;
}

/** Whether the user is away at the moment. */
export function isAbsent({ absence }: Pick<UserState, 'absence'>, at: Instant): boolean {
  return absence !== undefined && absence.from <= at && at < absence.until;
}
