import {
  type Confirmed,
  type ConversionPlan,
  evolveMatchKey,
  type LeadState,
  type MatchKey,
  type MatchKeyClaim,
  type MatchKeyClaimed,
  type MatchKeyState,
  matchKeyStream,
  type Uuid,
} from '#crm';
import { besideEnvelope, type Envelope, processEnvelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import { recordTarget } from '../records/record-target.js';
import { conversionKeys } from './find-existing.js';

export interface MatchKeyClaimsOptions {
  readonly executor: Executor;
  /** Keyed hash of a match key, as lower-case hex; see `KeyRing.hashSecret`. */
  readonly hash: (text: string) => string;
  /** How long a claim may stay without its conversion committing before it is taken over, in milliseconds. */
  readonly patienceMs?: number;
  /** Finishes a conversion that another one has to see whole. */
  readonly complete: (leadId: Uuid, conversionId: Uuid) => Promise<unknown>;
}

/** A record that another conversion created with one of the keys: plan again. */
export interface Lost {
  readonly recordType: MatchKeyClaim['recordType'];
  readonly recordId: Uuid;
}

export interface MatchKeyClaims {
  /**
   * Claims the keys of every record that the plan creates, in one fixed order for all, so that two conversions never wait
   * for each other. Answers with a record created meanwhile that the plan did not know of, or nothing when the plan may commit.
   */
  claim(
    lead: Confirmed<LeadState>,
    plan: ConversionPlan,
    known: ReadonlySet<Uuid>,
    envelope: Envelope,
  ): Promise<Lost | undefined>;
}

interface Wanted {
  readonly key: MatchKey;
  readonly claim: MatchKeyClaim;
}

/** Match-key claims (DESIGN.md): two conversions at one instant end in one contact and one account. */
export function createMatchKeyClaims(options: MatchKeyClaimsOptions): MatchKeyClaims {
  return {
    async claim(lead, plan, known, envelope) {
      for (const wanted of wantedClaims(lead, plan)) {
        const lost = await claimOne(wanted, known, envelope, options);
        if (lost) return lost;
      }
      return undefined;
    },
  };
}

function wantedClaims(lead: Confirmed<LeadState>, plan: ConversionPlan): readonly Wanted[] {
  const { email, organisation } = conversionKeys(lead.state);
  const { conversionId } = plan;
  const wanted: Wanted[] = [];
  const want = (recordType: MatchKeyClaim['recordType'], key: MatchKey | undefined) => {
    const planned = plan[recordType];
    if (!key || planned?.action !== 'create') return;
    wanted.push({
      key,
      claim: {
        recordType,
        recordId: planned.id,
        leadId: lead.state.id,
        conversionId,
        leadRevision: lead.revision,
      },
    });
  };
  want('account', organisation);
  want('contact', email);
  return wanted;
}

async function claimOne(
  { key, claim }: Wanted,
  known: ReadonlySet<Uuid>,
  envelope: Envelope,
  options: MatchKeyClaimsOptions,
): Promise<Lost | undefined> {
  const { executor, hash } = options;
  const stream = matchKeyStream(claim.recordType, key.kind, hash(key.value));
  const target: Target<MatchKeyState, MatchKeyClaimed> = {
    stream,
    initial: () => ({ claims: [] }),
    evolve: evolveMatchKey,
  };
  let lost: Lost | undefined;
  const settled = new Set<string>();
  // Every look at a key is a command of its own: a conversion that plans again must see who came after its own claim. That it claims only
  // once is decided from the claims themselves.
  await executor.execute(target, besideEnvelope(envelope), async ({ claims }) => {
    lost = undefined;
    const others = claims.filter(
      (other) => other.conversionId !== claim.conversionId && !settled.has(attemptOf(other)),
    );
    for (const other of others) {
      const made = await settle(other, claim, options);
      settled.add(attemptOf(other));
      if (made && !known.has(other.recordId) && (await concerns(other, envelope, executor))) {
        lost = { recordType: other.recordType, recordId: other.recordId };
        return [];
      }
    }
    const mine = claims.some((other) => attemptOf(other) === attemptOf(claim));
    return mine ? [] : [{ type: 'MatchKeyClaimed', data: claim }];
  });
  return lost;
}

/** A conversion that plans again at a later revision claims again, so that whoever passed over its first claim notices. */
function attemptOf({ conversionId, leadRevision }: MatchKeyClaim): string {
  return `${conversionId}@${leadRevision}`;
}

/** Only a record that the caller may edit counts; of any other the caller learns nothing (PRODUCT.md P2). */
async function concerns(
  { recordType, recordId }: MatchKeyClaim,
  { authority }: Envelope,
  executor: Executor,
): Promise<boolean> {
  const { state } = await executor.load(recordTarget(recordType, recordId));
  return state.lifecycle === 'live' && authority.may('edit', state);
}

/**
 * Waits until the other conversion has committed, or makes sure that it never will: an event on its lead's stream
 * outdates the revision it would commit at. There is nothing to wait for when the lead has moved past that revision, or
 * when it is the lead of the own conversion, of which only one can commit at one revision. True when the other one
 * committed and created the record, which is then there.
 */
async function settle(
  { leadId, conversionId, recordType, recordId, leadRevision = Infinity }: MatchKeyClaim,
  own: MatchKeyClaim,
  { executor, complete, patienceMs = 2_000 }: MatchKeyClaimsOptions,
): Promise<boolean> {
  const target = recordTarget('lead', leadId);
  const look = async () => {
    const { state, revision } = await executor.load(target);
    const conversions = state.type === 'lead' ? state.conversions : [];
    const committed = conversions.find(({ id }) => id === conversionId);
    return { committed, decided: committed || leadId === own.leadId || revision > leadRevision };
  };
  let seen = await look();
  for (let waited = 0; !seen.decided && waited < patienceMs; ) {
    const step = 2 + Math.random() * Math.min(50, 4 + waited / 4);
    await new Promise((resolve) => setTimeout(resolve, step));
    waited += step;
    seen = await look();
  }
  if (!seen.decided) {
    await executor.execute(target, processEnvelope('conversion', conversionId), (state) =>
      state.type === 'lead' && state.conversions.some(({ id }) => id === conversionId)
        ? []
        : [{ type: 'LeadConversionAbandoned', data: { conversionId } }],
    );
    seen = await look();
  }
  if (!seen.committed) return false;
  await complete(leadId, conversionId);
  return seen.committed[`${recordType}Id`] === recordId;
}
