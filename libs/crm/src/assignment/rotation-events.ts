import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Revision, Uuid } from '../kernel/ids.js';
import type { TurnMethod } from '../settings/assignment-rules/assignment-rule.js';

/** A turn of somebody. An opportunity has one at most in a rotation. */
export type Turn = {
  readonly turnId: Uuid;
  readonly opportunityId: Uuid;
  readonly userId: Uuid;
  readonly method: TurnMethod;
  /** The lead whose conversion creates the opportunity. */
  readonly leadId?: Uuid;
};

/** What is known of a member of a rotation. */
export type RotationMember = {
  /** Had and not returned. */
  readonly turns: number;
  /** The round in which they are next, everybody having one turn in each. */
  readonly round: number;
  /** Turns returned and not had since. */
  readonly owed: number;
  /** Number of their latest turn among all of the rotation; 0 for none. */
  readonly last: number;
};

/** How a rotation stands. */
export type RotationState = {
  /** Turns ever taken, those returned included. */
  readonly taken: number;
  readonly round: number;
  readonly members: Readonly<Record<Uuid, RotationMember>>;
};

export type RotationTurnTaken = DomainEvent<'RotationTurnTaken', Turn>;
export type RotationTurnReturned = DomainEvent<'RotationTurnReturned', Turn>;
/** How the rotation stood after the event at `upTo`, of whose turns and all before it is known what became. */
export type RotationSettled = DomainEvent<
  'RotationSettled',
  { readonly upTo: Revision; readonly rotation: RotationState }
>;
export type RotationEvent = RotationTurnTaken | RotationTurnReturned | RotationSettled;

export const ROTATION_EVENTS: readonly EventDefinition[] = [
  defineEvent('RotationTurnTaken', 'An assignment rule found whose turn it is in a team.'),
  defineEvent(
    'RotationTurnReturned',
    'A turn was given back: the opportunity that it was taken for did not come.',
  ),
  defineEvent(
    'RotationSettled',
    'What became of all turns up to here is known; reading a rotation begins here.',
  ),
];

/** The stream of one rule's rotation. */
export function rotationStream(ruleId: string): string {
  return `rotation-${ruleId}`;
}
