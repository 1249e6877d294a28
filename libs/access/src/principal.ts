import type { Locale, Uuid } from '#crm';
import type { Role } from './rights.js';

/** Who is calling, as the directory knows them at this moment. */
export interface Principal {
  readonly userId: Uuid;
  readonly roles: readonly Role[];
  readonly teamIds: readonly Uuid[];
  /** Everyone in those teams, the caller included when a member. */
  readonly teamMemberIds: readonly Uuid[];
  /** The language the user reads. */
  readonly locale: Locale;
}
