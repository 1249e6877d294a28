import {
  arriving,
  assignedArrival,
  assignedToPerson,
  type CapturedData,
  type ChosenRule,
  chooseRule,
  type DecisionContext,
  type DomainEvent,
  type OpportunityState,
  type PassedRule,
  type Roster,
  type RuleAssignment,
  type Uuid,
  unassignedArrival,
} from '#crm';
import { OutcomeUnknown } from '#event-store';
import type { Executor } from '../execution/executor.js';
import { recordTarget } from '../records/record-target.js';
import type { Cause } from './turn-event.js';
import type { Arrival, Turns } from './turns.js';

/** Gives arriving opportunities to people and teams by the assignment rules (PRODUCT.md P6). */
export interface Arrivals {
  /** One opportunity that is being captured, however often its capture is decided. */
  capture(opportunityId: Uuid, cause: Cause): CaptureArrival;
  /** To whom a rule that was chosen before gives an opportunity. The same answer as long as the opportunity has not come. */
  assign(chosen: ChosenRule, arrival: Arrival): Promise<RuleAssignment>;
}

export interface CaptureArrival {
  /** The events of the capture; where a rule holds, with whom it gives it to in place of whoever was not named by the caller. */
  assigned(
    state: OpportunityState,
    captured: readonly DomainEvent[],
    context: DecisionContext,
  ): Promise<readonly DomainEvent[]>;
  /** The capture has failed: the turn that was taken for it is given back, unless the opportunity may be there all the same. */
  failed(error: unknown): Promise<void>;
}

export interface ArrivalsOptions {
  readonly turns: Turns;
  readonly roster: Roster;
  readonly executor: Executor;
}

export function createArrivals({ turns, roster, executor }: ArrivalsOptions): Arrivals {
  async function assign(chosen: ChosenRule, arrival: Arrival): Promise<RuleAssignment> {
    const { handler } = chosen;
    if (handler.kind === 'user') return assignedToPerson(chosen, handler.userId);
    return (await turns.take({ ...chosen, handler }, arrival)).assignment;
  }

  return {
    assign,
    capture(opportunityId, cause) {
      let asked: string | undefined;
      return {
        async assigned(state, captured, context) {
          const data = captured[0]?.data as CapturedData;
          const basis = { settings: context.settings, roster, now: context.now };
          const choice = chooseRule(arriving(state, data, context), basis);
          const { chosen } = choice;
          // Decided again after the settings changed, another rule may hold.
          if (asked !== undefined && asked !== chosen?.rule.id) {
            await turns.giveBack(asked, opportunityId, cause);
          }
          asked = chosen?.handler.kind === 'team' ? chosen.rule.id : undefined;
          if (!chosen) return withPassed(captured, choice.passed);
          const assignment = await assign(chosen, { opportunityId, cause });
          return [...assignedArrival(data, assignment), ...captured.slice(1)];
        },
        async failed(error) {
          // The opportunity may still come: the process finds out.
          if (asked === undefined || error instanceof OutcomeUnknown) return;
          try {
            const { revision } = await executor.load(recordTarget('opportunity', opportunityId));
            if (revision < 0) await turns.giveBack(asked, opportunityId, cause);
          } catch {
            // What the caller is told is why the capture failed; the process gives the turn back.
          }
        },
      };
    },
  };
}

/** The capture with the rules that would have assigned it, could they be followed. */
function withPassed(
  captured: readonly DomainEvent[],
  passed: readonly PassedRule[],
): readonly DomainEvent[] {
  const [first, ...others] = captured;
  if (!first) return captured;
  return [{ ...first, data: unassignedArrival(first.data as CapturedData, passed) }, ...others];
}
