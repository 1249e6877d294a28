import { asksForLoads, membersOf, type Roster, type TeamRule, type Uuid } from '#crm';
import type { OwnedOpportunities } from './owned-opportunities.port.js';
import type { RotationLog } from './rotation-log.js';

/** No more open opportunities are counted of anybody: who has more has as many. */
export const MOST_COUNTED = 10_000;
const ASKED_AT_ONCE = 1_000;

/**
 * Open opportunities of the members of the rules' teams: those in the read model, and those by turns taken that it does not show yet. A turn
 * is counted in one of the two, whatever the read model shows meanwhile. Undefined where no rule asks, or the read model does not answer:
 * what arrives is taken all the same, and goes by turn.
 */
export async function memberLoads(
  rules: readonly TeamRule[],
  known: RotationLog,
  seen: Set<Uuid>,
  roster: Roster,
  owned: OwnedOpportunities,
): Promise<Map<Uuid, number> | undefined> {
  const asking = rules.filter(({ handler }) => asksForLoads(handler));
  if (asking.length === 0) return undefined;
  const members = new Set(asking.flatMap(({ handler }) => membersOf(roster, handler.teamId) ?? []));
  const upTo = Math.max(
    ...asking.map(({ handler }) =>
      handler.method === 'least-loaded' ? MOST_COUNTED : (handler.capacity ?? 0) + 1,
    ),
  );
  try {
    const unseen = await unseenTurns(known, seen, owned);
    const asked = [...members].map((ownerId) => ({ ownerId, except: unseen.get(ownerId) ?? [] }));
    const counted = await owned.countOpen(asked, upTo);
    return new Map(
      asked.map(({ ownerId, except }) => [ownerId, (counted.get(ownerId) ?? 0) + except.length]),
    );
  } catch {
    return undefined;
  }
}

/** Opportunities of turns taken that the read model does not show, by member. What it shows once, it shows for good. */
async function unseenTurns(
  { open }: RotationLog,
  seen: Set<Uuid>,
  owned: OwnedOpportunities,
): Promise<ReadonlyMap<Uuid, readonly Uuid[]>> {
  for (const id of seen) if (!open.has(id)) seen.delete(id);
  const turns = [...open.values()].filter(({ opportunityId }) => !seen.has(opportunityId));
  for (let asked = 0; asked < turns.length; asked += ASKED_AT_ONCE) {
    const ids = turns.slice(asked, asked + ASKED_AT_ONCE).map(({ opportunityId }) => opportunityId);
    for (const id of await owned.known(ids)) seen.add(id);
  }
  const unseen = new Map<Uuid, Uuid[]>();
  for (const { opportunityId, userId } of turns) {
    if (seen.has(opportunityId)) continue;
    const own = unseen.get(userId) ?? [];
    own.push(opportunityId);
    unseen.set(userId, own);
  }
  return unseen;
}
