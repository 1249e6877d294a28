import {
  type Happened,
  type OpportunityEvent,
  type OpportunityState,
  opportunityDecider,
} from '#crm';
import type { EventLog } from '#event-store';
import type { OwnedOpportunities } from '../src/index.js';

const PREFIX = 'opportunity-';

/** Looks through all opportunities: slow, and right by construction. */
export function scanningOwned(log: EventLog): OwnedOpportunities {
  const all = async () => {
    const states = new Map<string, OpportunityState>();
    for (const event of await log.readAll({ limit: 100_000, prefixes: [PREFIX] })) {
      const id = event.stream.slice(PREFIX.length);
      const state = states.get(id) ?? opportunityDecider.initial(id);
      states.set(
        id,
        opportunityDecider.evolve(state, event as unknown as Happened<OpportunityEvent>),
      );
    }
    return states;
  };
  return {
    async known(ids) {
      const there = await all();
      return new Set(ids.filter((id) => there.has(id)));
    },
    async countOpen(owned, upTo) {
      const there = [...(await all()).values()].filter(
        ({ lifecycle, outcome }) => lifecycle === 'live' && outcome === 'open',
      );
      return new Map(
        owned.map(({ ownerId, except }) => {
          const own = there.filter((one) => one.ownerId === ownerId && !except.includes(one.id));
          return [ownerId, Math.min(upTo, own.length)];
        }),
      );
    },
  };
}
