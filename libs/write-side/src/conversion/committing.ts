import {
  type ChangeStage,
  type Confirmed,
  type ConversionPlan,
  type DecisionContext,
  type DomainEvent,
  type Found,
  type LeadState,
  type OpportunityState,
  type PlannedMerge,
  type Reservation,
  refOf,
  type Uuid,
} from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executed } from '../execution/executed.js';
import type { Executor } from '../execution/executor.js';
import { Outdated } from '../execution/outdated.js';
import type { Reservations } from '../merging/reservations.js';
import { refuseUnknownUsers } from '../records/custom-users.js';
import { recordTarget } from '../records/record-target.js';
import type { People } from '../records/references.js';
import { convertingStage } from './converting-stage.js';
import type { MatchKeyClaims } from './match-key-claims.js';
import { requireSaleMergeRights } from './target-rights.js';

/** What is to be committed, and what it rests on. */
export interface Decided {
  readonly plan: ConversionPlan;
  readonly found: Found;
  readonly stage?: ChangeStage;
}

export interface CommittingOptions {
  readonly executor: Executor;
  readonly claims: MatchKeyClaims;
  readonly reservations: Reservations;
  readonly people: People;
}

/** Commits conversions that were planned: the lead's own event, behind the claims of the match keys that they rest on. */
export interface Committing {
  /**
   * @param lead as it was planned with
   * @throws Outdated the lead is another by now, or somebody else has its keys: then it is to be planned again
   */
  commit(
    lead: Confirmed<LeadState>,
    decided: Decided,
    envelope: Envelope,
  ): Promise<Executed<unknown>>;
  /** The events of the change of stage that carries the conversion. @throws Refusal as deciding them will */
  staged(
    state: LeadState,
    stage: ChangeStage | undefined,
    context: DecisionContext,
  ): readonly DomainEvent[];
}

/** See `Committing`. */
export function createCommitting(options: CommittingOptions): Committing {
  const { executor } = options;

  function staged(
    state: LeadState,
    stage: ChangeStage | undefined,
    context: DecisionContext,
  ): readonly DomainEvent[] {
    const events = stage ? convertingStage(state, stage, context) : [];
    refuseUnknownUsers('lead', events, context.settings, options.people);
    return events;
  }

  async function commitAt(
    at: Confirmed<LeadState>,
    { plan, found, stage }: Decided,
    envelope: Envelope,
    reservation?: Reservation,
  ): Promise<Executed<unknown>> {
    if (await options.claims.claim(at, plan, idsOf(found), envelope)) throw new Outdated();
    const passes = (held: Reservation) => held.token === reservation?.token;
    const { ifRevision: _seen, ...unconditional } = envelope;
    return executor.execute(
      recordTarget('lead', at.state.id, { passes }),
      // Which revision the caller has seen was asked before the lead was held.
      reservation ? unconditional : envelope,
      (state, context, revision): readonly DomainEvent[] => {
        if (revision !== at.revision) throw new Outdated();
        return [
          ...staged(state as LeadState, stage, context),
          { type: 'LeadConverted', data: plan },
        ];
      },
    );
  }

  /** Holds both records meanwhile: the conversion's event on the lead's stream decides the merge as well. */
  async function commitWithMerge(
    lead: Confirmed<LeadState>,
    merge: PlannedMerge,
    decided: Decided,
    envelope: Envelope,
  ): Promise<Executed<unknown>> {
    const standing = [lead, saleOf(merge, lead.state, decided.found)];
    const states = standing.map(({ state }) => state);
    requireSaleMergeRights(merge, states, envelope);
    const { mergeId } = merge.plan;
    const token = crypto.randomUUID();
    const reservation = { token, mergeId, deciding: refOf(lead.state) };
    return options.reservations.commitHeld(standing, reservation, envelope, () =>
      // Holding it is the only event in between.
      commitAt({ ...lead, revision: lead.revision + 1 }, decided, envelope, reservation),
    );
  }

  return {
    staged,
    commit: (lead, decided, envelope) =>
      decided.plan.merge
        ? commitWithMerge(lead, decided.plan.merge, decided, envelope)
        : commitAt(lead, decided, envelope),
  };
}

function idsOf({ contactsByEmail, contactsByName, accountsByName }: Found): ReadonlySet<Uuid> {
  return new Set(
    [...contactsByEmail, ...contactsByName, ...accountsByName].map(({ state }) => state.id),
  );
}

/** The record that the lead is merged with. */
function saleOf(
  { survivor, plan }: PlannedMerge,
  lead: LeadState,
  { salesByEmail, chosenSale }: Found,
): Confirmed<LeadState | OpportunityState> {
  const ids = [survivor, ...plan.records].map(({ id }) => id).filter((id) => id !== lead.id);
  const sales = [...salesByEmail, ...(chosenSale ? [chosenSale] : [])];
  const found = sales.find(({ state }) => ids.includes(state.id));
  if (!found) throw new Outdated();
  return found;
}
