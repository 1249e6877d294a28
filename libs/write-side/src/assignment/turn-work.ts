import type { LeadState, Revision, Uuid } from '#crm';
import { processAuthority } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { recordTarget } from '../records/record-target.js';
import type { SettingsSource } from '../settings/settings-source.port.js';
import type { OwnedOpportunities } from './owned-opportunities.port.js';
import type { OpenTurn } from './rotation-log.js';
import type { Cause } from './turn-event.js';
import type { Turns } from './turns.js';

/** A turn of which no opportunity came, or turns of which it is known what became. */
export type TurnWork =
  | { readonly kind: 'return'; readonly ruleId: string; readonly turn: OpenTurn }
  | { readonly kind: 'settle'; readonly ruleId: string; readonly upTo: Revision };

/** What a process does about turns, for `createCompletionProcess`. */
export interface TurnWorks {
  find(limit: number): Promise<readonly TurnWork[]>;
  keyOf(work: TurnWork): string;
  complete(work: TurnWork): Promise<void>;
}

export interface TurnWorkOptions {
  readonly turns: Turns;
  readonly executor: Executor;
  readonly settings: SettingsSource;
  readonly owned: OwnedOpportunities;
  /** So many events of a rotation are settled at once. */
  readonly settleAfter?: number;
}

/** Open turns of one rotation that are looked at in one go. */
const LOOKED_AT = 1_000;
/** Streams read at once. */
const READ_AT_ONCE = 20;

/**
 * Finds turns that were taken and of which nothing came, as after a crash, to be given back; and writes down how a rotation stands when there
 * is much behind it, so that reading it stays short. A turn that is still without its opportunity at a second look is given back, so looks
 * are much further apart than a capture or the completion of a conversion takes.
 */
export function createTurnWork(options: TurnWorkOptions): TurnWorks {
  const { turns, settings, settleAfter = 500 } = options;
  /** Turns whose opportunities have come, by rule. */
  const arrived = new Map<string, Set<Uuid>>();

  async function lookAt(ruleId: string): Promise<readonly TurnWork[]> {
    const { turns: open, settledUpTo, revision } = await turns.openTurns(ruleId);
    const before = arrived.get(ruleId) ?? new Set();
    const known = new Set(open.map(({ turnId }) => turnId).filter((id) => before.has(id)));
    arrived.set(ruleId, known);
    const looked = open.filter(({ turnId }) => !known.has(turnId)).slice(0, LOOKED_AT);
    const { came, orphaned } = await whatBecameOf(looked, options);
    for (const { turnId } of came) known.add(turnId);
    const unsettled = open.find(({ turnId }) => !known.has(turnId));
    const upTo = unsettled ? unsettled.revision - 1 : revision;
    return [
      ...orphaned.map((turn) => ({ kind: 'return', ruleId, turn }) as const),
      ...(upTo - settledUpTo >= settleAfter ? [{ kind: 'settle', ruleId, upTo } as const] : []),
    ];
  }

  return {
    async find(limit) {
      const found: TurnWork[] = [];
      // A rule that was changed or retired may have left turns open.
      for (const { id } of settings.current().assignmentRules) found.push(...(await lookAt(id)));
      return found.slice(0, limit);
    },
    keyOf: (work) => (work.kind === 'return' ? work.turn.turnId : `settle ${work.ruleId}`),
    complete(work) {
      return work.kind === 'settle'
        ? turns.settle(work.ruleId, work.upTo, newCause())
        : turns.giveBack(work.ruleId, work.turn.opportunityId, newCause());
    },
  };
}

async function whatBecameOf(
  looked: readonly OpenTurn[],
  { owned, executor }: TurnWorkOptions,
): Promise<{ readonly came: readonly OpenTurn[]; readonly orphaned: readonly OpenTurn[] }> {
  if (looked.length === 0) return { came: [], orphaned: [] };
  const shown = await owned.known(looked.map(({ opportunityId }) => opportunityId));
  const came = looked.filter(({ opportunityId }) => shown.has(opportunityId));
  const missing = looked.filter(({ opportunityId }) => !shown.has(opportunityId));
  const orphaned: OpenTurn[] = [];
  for (let at = 0; at < missing.length; at += READ_AT_ONCE) {
    const asked = missing.slice(at, at + READ_AT_ONCE);
    const standings = await Promise.all(asked.map((turn) => standingOf(turn, executor)));
    for (const [index, turn] of asked.entries()) {
      if (standings[index] === 'came') came.push(turn);
      if (standings[index] === 'orphaned') orphaned.push(turn);
    }
  }
  return { came, orphaned };
}

/** Read models may be behind: what they do not show is asked of the streams. */
async function standingOf(
  { opportunityId, leadId }: OpenTurn,
  executor: Executor,
): Promise<'came' | 'coming' | 'orphaned'> {
  const { revision } = await executor.load(recordTarget('opportunity', opportunityId));
  if (revision >= 0) return 'came';
  if (leadId === undefined) return 'orphaned';
  const { state } = await executor.load(recordTarget('lead', leadId));
  const isPlanned = (state as LeadState).conversions.some(
    (conversion) => conversion.opportunityId === opportunityId && !conversion.completed,
  );
  return isPlanned ? 'coming' : 'orphaned';
}

function newCause(): Cause {
  const { actor } = processAuthority('assignment');
  const commandId = crypto.randomUUID();
  return { actor, commandId, correlationId: commandId };
}
