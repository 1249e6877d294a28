import { type Happened, type TeamEvent, type TeamState, teamDecider, type Uuid } from '#crm';
import type { EventLog } from '#event-store';

/** Teams as far as the log was read. */
export interface KnownTeams {
  refresh(): Promise<void>;
  formed(): readonly TeamState[];
}

const PREFIX = 'team-';
const BATCH = 1_000;

/** No team, until `refresh` was called. */
export function createKnownTeams(log: EventLog): KnownTeams {
  const teams = new Map<Uuid, TeamState>();
  let next = 0;
  let refreshing: Promise<void> = Promise.resolve();

  async function catchUp(): Promise<void> {
    for (;;) {
      const events = await log.readAll({ from: next, limit: BATCH, prefixes: [PREFIX] });
      for (const event of events) {
        const id = event.stream.slice(PREFIX.length);
        const state = teams.get(id) ?? teamDecider.initial(id);
        teams.set(id, teamDecider.evolve(state, event as unknown as Happened<TeamEvent>));
        next = event.position + 1;
      }
      if (events.length < BATCH) return;
    }
  }

  return {
    refresh() {
      refreshing = refreshing.then(catchUp, catchUp);
      return refreshing;
    },
    formed: () => [...teams.values()].filter(({ status }) => status === 'formed'),
  };
}
