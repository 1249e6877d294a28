import type { Instant, Uuid } from '../kernel/ids.js';
import type { AssignmentHandler } from '../settings/assignment-rules/assignment-rule.js';
import {
  type AssignmentReason,
  type Candidate,
  type ChosenRule,
  MOST_CANDIDATES_TOLD,
  type RuleAssignment,
  type Unavailable,
} from './assigned-by.js';
import { byLoad, byTurn } from './next-in-turn.js';
import { awayFrom, membersOf, type Roster } from './roster.js';
import { memberOf } from './rotation.js';
import type { RotationState } from './rotation-events.js';

export type TeamHandler = Extract<AssignmentHandler, { kind: 'team' }>;
/** A rule that leaves it to a team. */
export type TeamRule = ChosenRule & { readonly handler: TeamHandler };

/** What the turn in a team goes by. */
export interface TurnBasis {
  readonly rotation: RotationState;
  readonly roster: Roster;
  /** Open opportunities of the members. Left out: not known, so nobody is full, and it goes by turn. */
  readonly loads?: ReadonlyMap<Uuid, number> | undefined;
  readonly now: Instant;
}

/** Whose turn it is in a team; without `userId` nobody is available. */
export interface DecidedTurn {
  readonly userId?: Uuid;
  readonly assignment: RuleAssignment;
}

/** Whether the handler goes by how many open opportunities each has. */
export function asksForLoads({ method, capacity }: TeamHandler): boolean {
  return method === 'least-loaded' || capacity !== undefined;
}

/** Decides whose turn it is. With `had`, it was decided before, and is told again. */
export function decideTurn(chosen: TeamRule, basis: TurnBasis, had?: Uuid): DecidedTurn {
  const { rule, handler, passed } = chosen;
  const { teamId, method } = handler;
  const { order, skipped, reason } = lineUp(handler, basis);
  const userId = had ?? order[0];
  const candidates = candidatesOf(userId, order, skipped, basis, handler);
  const unlisted = candidates.length - MOST_CANDIDATES_TOLD;
  const by = {
    ...{ rule, method, reason: userId === undefined ? 'nobody-available' : reason },
    candidates: candidates.slice(0, MOST_CANDIDATES_TOLD),
    ...(unlisted > 0 && { unlisted }),
    ...(passed && { passed }),
  };
  return userId === undefined
    ? { assignment: { to: { teamId }, by } }
    : { userId, assignment: { to: { ownerId: userId, teamId }, by } };
}

interface LineUp {
  /** Those available, whoever is next first. */
  readonly order: readonly Uuid[];
  readonly skipped: ReadonlyMap<Uuid, Unavailable>;
  /** Why the first is. */
  readonly reason: AssignmentReason;
}

function lineUp(
  { teamId, method, capacity }: TeamHandler,
  { rotation, roster, loads, now }: TurnBasis,
): LineUp {
  const skipped = new Map<Uuid, Unavailable>();
  const available = (membersOf(roster, teamId) ?? []).filter((id) => {
    const full = capacity !== undefined && (loads?.get(id) ?? 0) >= capacity;
    const why = awayFrom(roster, id, now) ?? (full ? 'full' : undefined);
    if (why) skipped.set(id, why);
    return why === undefined;
  });
  const alone = available.length === 1 ? 'only-one-available' : undefined;
  return method === 'least-loaded' && loads
    ? { order: byLoad(rotation, available, loads), skipped, reason: alone ?? 'fewest-open' }
    : { order: byTurn(rotation, available), skipped, reason: alone ?? 'next-in-turn' };
}

function candidatesOf(
  first: Uuid | undefined,
  order: readonly Uuid[],
  skipped: ReadonlyMap<Uuid, Unavailable>,
  { rotation, loads }: TurnBasis,
  handler: TeamHandler,
): readonly Candidate[] {
  const ids = new Set([...(first === undefined ? [] : [first]), ...order, ...skipped.keys()]);
  return [...ids].map((userId) => {
    const why = userId === first ? undefined : skipped.get(userId);
    return {
      userId,
      turns: memberOf(rotation, userId).turns,
      ...(asksForLoads(handler) && loads && { load: loads.get(userId) ?? 0 }),
      ...(why && { skipped: why }),
    };
  });
}
