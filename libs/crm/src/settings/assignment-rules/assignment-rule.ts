import type { Uuid } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';

/** Whose turn it is in a team. */
export const TURN_METHODS = ['round-robin', 'least-loaded'] as const;
export type TurnMethod = (typeof TURN_METHODS)[number];

export type AssignmentHandler =
  | { readonly kind: 'user'; readonly userId: Uuid }
  | {
      readonly kind: 'team';
      readonly teamId: Uuid;
      readonly method: TurnMethod;
      /** Members with so many open opportunities, 1 to 10,000, are full; left out: nobody is. */
      readonly capacity?: number;
    };

/** Who gets which opportunities (PRODUCT.md P6, Tác vụ). */
export type AssignmentRule = {
  /** Unique: lower-case letters, digits and hyphens, at most 64. */
  readonly id: string;
  readonly name: string;
  /** A condition on the opportunity in the filter language. An empty one holds for all. */
  readonly filter: JsonObject;
  readonly handler: AssignmentHandler;
  readonly enabled: boolean;
  readonly retired: boolean;
};
