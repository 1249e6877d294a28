import type { Uuid } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { UserRole } from '../../user/user-state.js';

export type Recipient =
  | { readonly kind: 'user'; readonly userId: Uuid }
  | { readonly kind: 'team'; readonly teamId: Uuid }
  | { readonly kind: 'role'; readonly role: UserRole };

/** Who is told of new opportunities (PRODUCT.md P6). */
export type RecipientRule = {
  /** Unique: lower-case letters, digits and hyphens, at most 64. */
  readonly id: string;
  readonly name: string;
  /** Of which opportunities, in the filter language; an empty one holds for all. */
  readonly filter: JsonObject;
  readonly to: readonly Recipient[];
  readonly retired: boolean;
};
