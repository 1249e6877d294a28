import type { Uuid } from '../kernel/ids.js';
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
}

/** The stream of one user. */
export function userStream(id: Uuid): string {
  return `user-${id}`;
}
