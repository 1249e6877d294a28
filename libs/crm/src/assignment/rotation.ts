import type { Uuid } from '../kernel/ids.js';
import type { RotationEvent, RotationMember, RotationState, Turn } from './rotation-events.js';

/** Before anybody's first turn. */
export const NEW_ROTATION: RotationState = { taken: 0, round: 0, members: {} };

const NEWCOMER: RotationMember = { turns: 0, round: 0, owed: 0, last: 0 };

/** A member as the rotation knows them; whoever had no turn yet begins in the round that it is in. */
export function memberOf({ members }: RotationState, userId: Uuid): RotationMember {
  return (Object.hasOwn(members, userId) ? members[userId] : undefined) ?? NEWCOMER;
}

/** Folds an event of a rotation, in the order of its stream. Total. */
export function evolveRotation(rotation: RotationState, event: RotationEvent): RotationState {
  switch (event.type) {
    case 'RotationTurnTaken':
      return taken(rotation, event.data);
    case 'RotationTurnReturned':
      return returned(rotation, event.data);
    // It tells what the events before it have told.
    default:
      return rotation;
  }
}

/**
 * Where somebody is in turn: the round in which they are next, less what they are owed. Whoever was away, or is new, is in the round that
 * everybody is in: what they missed is not made up for, so nobody is flooded on coming back.
 */
export function placeInTurn(rotation: RotationState, userId: Uuid): number {
  const { round, owed } = memberOf(rotation, userId);
  return Math.max(round, rotation.round) - owed;
}

function taken(rotation: RotationState, { userId, method }: Turn): RotationState {
  const number = rotation.taken + 1;
  const member = memberOf(rotation, userId);
  const had = { ...member, turns: member.turns + 1, last: number };
  if (method === 'least-loaded') return { ...withMember(rotation, userId, had), taken: number };
  const start = Math.max(member.round, rotation.round);
  const owed = member.owed > 0;
  const next = owed
    ? { ...had, round: start, owed: member.owed - 1 }
    : { ...had, round: start + 1 };
  return {
    ...withMember(rotation, userId, next),
    taken: number,
    round: owed ? rotation.round : start,
  };
}

function returned(rotation: RotationState, { userId, method }: Turn): RotationState {
  const member = memberOf(rotation, userId);
  const turns = Math.max(0, member.turns - 1);
  if (method === 'least-loaded') return withMember(rotation, userId, { ...member, turns });
  return withoutCommonDebt(
    withMember(rotation, userId, { ...member, turns, owed: member.owed + 1 }),
  );
}

/** What everybody is owed, nobody is: after an outage, whoever comes next would wait for all of it to be made up for. */
function withoutCommonDebt(rotation: RotationState): RotationState {
  const present = Object.entries(rotation.members).filter(
    ([, { round }]) => round >= rotation.round,
  );
  if (present.length === 0 || present.some(([, { owed }]) => owed === 0)) return rotation;
  const relieved = present.map(([id, member]) => [id, { ...member, owed: member.owed - 1 }]);
  return { ...rotation, members: { ...rotation.members, ...Object.fromEntries(relieved) } };
}

function withMember(rotation: RotationState, userId: Uuid, member: RotationMember): RotationState {
  return { ...rotation, members: { ...rotation.members, [userId]: member } };
}
