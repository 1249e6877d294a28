import {
  type DecidedTurn,
  decideTurn,
  type Revision,
  type RotationState,
  type TeamRule,
  type Turn,
  type Uuid,
} from '#crm';
import type { RotationOptions, Standing } from './answer-questions.js';
import { type OpenTurn, rotationAt } from './rotation-log.js';
import { createRotationQueue } from './rotation-queue.js';
import type { Cause } from './turn-event.js';

/** What a turn is taken for, and on whose behalf. */
export interface Arrival {
  readonly opportunityId: Uuid;
  /** The lead whose conversion creates the opportunity. */
  readonly leadId?: Uuid;
  readonly cause: Cause;
}

/** Turns of a rule that are not settled: what became of them is not written down yet. */
export interface OpenTurns {
  /** First taken first. */
  readonly turns: readonly OpenTurn[];
  readonly settledUpTo: Revision;
  /** Of the rotation's last event. */
  readonly revision: Revision;
  readonly rotation: RotationState;
}

/** Whose turn it is in teams: one rotation for each rule, each a stream. */
export interface Turns {
  /**
   * Takes the next turn of the rule for an arriving opportunity, durably; the one that it has already, if so. Nothing is taken where nobody is
   * available.
   * @throws Refusal `busy`; whatever the store throws
   */
  take(chosen: TeamRule, arrival: Arrival): Promise<DecidedTurn>;
  /** Gives the turn of an opportunity that does not come back to whoever had it. Does nothing where it has none. */
  giveBack(ruleId: string, opportunityId: Uuid, cause: Cause): Promise<void>;
  /** As the store has it now. */
  openTurns(ruleId: string): Promise<OpenTurns>;
  /** Writes down how the rotation stood at a revision up to which all turns are settled. */
  settle(ruleId: string, upTo: Revision, cause: Cause): Promise<void>;
}

export function createTurns(options: RotationOptions): Turns {
  const ask = createRotationQueue(options);
  const { roster, now } = options;

  function take(
    rule: TeamRule,
    { opportunityId, leadId, cause }: Arrival,
    { loads, rotation, turnOf, add }: Standing,
  ): DecidedTurn {
    const had = turnOf(opportunityId)?.userId;
    const decided = decideTurn(rule, { rotation: rotation(), roster, loads, now: now() }, had);
    const { userId } = decided;
    if (had !== undefined || userId === undefined) return decided;
    const turn: Turn = {
      ...{ turnId: crypto.randomUUID(), opportunityId, userId, method: rule.handler.method },
      ...(leadId !== undefined && { leadId }),
    };
    add({ type: 'RotationTurnTaken', data: turn }, cause);
    loads?.set(userId, (loads.get(userId) ?? 0) + 1);
    return decided;
  }

  return {
    take(rule, arrival) {
      const { opportunityId } = arrival;
      const decide = (standing: Standing) => take(rule, arrival, standing);
      return ask(rule.rule.id, { rule, opportunityId, decide });
    },
    giveBack: (ruleId, opportunityId, cause) =>
      ask(ruleId, {
        opportunityId,
        decide({ turnOf, add }) {
          const turn = turnOf(opportunityId);
          if (turn) add({ type: 'RotationTurnReturned', data: asTaken(turn) }, cause);
        },
      }),
    openTurns: (ruleId) =>
      ask(ruleId, {
        decide: ({ known: { open, settled, revision, rotation } }) => ({
          ...{ turns: [...open.values()], settledUpTo: settled.upTo, revision, rotation },
        }),
      }),
    settle: (ruleId, upTo, cause) =>
      ask(ruleId, {
        decide({ known, add }) {
          if (upTo <= known.settled.upTo || upTo > known.revision) return;
          const rotation = rotationAt(known, upTo);
          add({ type: 'RotationSettled', data: { upTo, rotation } }, cause);
        },
      }),
  };
}

/** A turn without the place where it was read. */
function asTaken({ turnId, opportunityId, userId, method, leadId }: Turn): Turn {
  return { turnId, opportunityId, userId, method, ...(leadId !== undefined && { leadId }) };
}
