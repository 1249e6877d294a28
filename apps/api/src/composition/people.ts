import { createDirectory, type Directory } from '#access';
import {
  emailKey,
  type Happened,
  type UserEvent,
  type UserState,
  type Uuid,
  userDecider,
} from '#crm';
import type { EventLog } from '#event-store';
import type { People, UserRegister } from '#write-side';

/** Users and teams in memory, as far as the log was read. */
export interface LivePeople extends People, UserRegister {
  /** Who may come in, and what people and teams are called. */
  readonly directory: Directory;
  user(id: Uuid): UserState | undefined;
  users(): readonly UserState[];
  /** Keeps up with changes made by other processes until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
}

const PREFIXES = ['user-', 'team-'];
const BATCH = 1_000;

/** Nobody, until `refresh` was called. */
export function createPeople(log: EventLog): LivePeople {
  const directory = createDirectory();
  const users = new Map<Uuid, UserState>();
  let next = 0;
  let refreshing: Promise<void> = Promise.resolve();

  async function catchUp(): Promise<void> {
    for (;;) {
      const events = await log.readAll({ from: next, limit: BATCH, prefixes: PREFIXES });
      for (const event of events) {
        directory.apply(event);
        if (event.stream.startsWith('user-')) {
          const id = event.stream.slice('user-'.length);
          const state = users.get(id) ?? userDecider.initial(id);
          users.set(id, userDecider.evolve(state, event as unknown as Happened<UserEvent>));
        }
        next = event.position + 1;
      }
      if (events.length < BATCH) return;
    }
  }

  const refresh = () => {
    refreshing = refreshing.then(catchUp, catchUp);
    return refreshing;
  };

  return {
    directory,
    user: (id) => users.get(id),
    users: () => [...users.values()],
    isActiveUser: (id) => users.get(id)?.active === true,
    isTeam: (id) => directory.team(id)?.status === 'formed',
    withEmail: (email) => {
      const wanted = emailKey(email);
      if (wanted === undefined) return undefined;
      return [...users.values()].find((user) => emailKey(user.email) === wanted)?.id;
    },
    activeAdmins: () =>
      [...users.values()]
        .filter(({ active, roles }) => active && roles.includes('admin'))
        .map(({ id }) => id),
    refresh,
    async follow(signal) {
      for await (const { events } of log.subscribe({
        after: next - 1,
        prefixes: PREFIXES,
        signal,
      })) {
        if (events.length > 0) await refresh();
      }
    },
  };
}
