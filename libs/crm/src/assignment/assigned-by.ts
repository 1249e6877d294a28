import type { Uuid } from '../kernel/ids.js';
import type { Assignee } from '../record/change.js';
import type {
  AssignmentHandler,
  TurnMethod,
} from '../settings/assignment-rules/assignment-rule.js';

/** A rule as events name it: what it was called then stays readable, whatever becomes of it. */
export type RuleName = { readonly id: string; readonly name: string };

/** Why nothing is given to somebody: not let in any more, away, or with as many open opportunities as the rule allows. */
export type Unavailable = 'inactive' | 'absent' | 'full';

/** A member of the team, as the decision found them. */
export type Candidate = {
  readonly userId: Uuid;
  /** Turns that they had by the rule before this one, without those returned. */
  readonly turns: number;
  /** Open opportunities that they own; absent where the rule does not ask. */
  readonly load?: number;
  /** Set when they were passed over. */
  readonly skipped?: Unavailable;
};

/**
 * - `named`: the rule names the person
 * - `next-in-turn`: fewest turns among those available, longest ago where several have
 * - `fewest-open`: fewest open opportunities, next in turn where several have
 * - `only-one-available`: everybody else was passed over
 * - `nobody-available`: the team has it, and nobody in it
 */
export type AssignmentReason =
  | 'named'
  | 'next-in-turn'
  | 'fewest-open'
  | 'only-one-available'
  | 'nobody-available';

/** A rule that held and could not be followed: the next one was asked. */
export type PassedRule = {
  readonly rule: RuleName;
  readonly because: 'inactive' | 'absent' | 'no-team';
};

/** The rule that decides about an opportunity, and how. */
export type ChosenRule = {
  readonly rule: RuleName;
  readonly handler: AssignmentHandler;
  /** Rules before it that hold too and could not be followed. */
  readonly passed?: readonly PassedRule[];
};

/** Which rule gave an opportunity to whom, and why (PRODUCT.md P6). */
export type AssignedByRule = {
  readonly rule: RuleName;
  readonly method: 'person' | TurnMethod;
  readonly reason: AssignmentReason;
  /** Of a team: who was considered, whoever got it first, then by turn; at most `MOST_CANDIDATES_TOLD`. */
  readonly candidates: readonly Candidate[];
  /** How many more there were. */
  readonly unlisted?: number;
  readonly passed?: readonly PassedRule[];
};

/** Whose an opportunity becomes by a rule. */
export type RuleAssignment = { readonly to: Assignee; readonly by: AssignedByRule };

/** A team has up to a thousand members; an event tells of the first. */
export const MOST_CANDIDATES_TOLD = 20;
