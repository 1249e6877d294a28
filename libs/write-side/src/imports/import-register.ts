import {
  type Happened,
  type ImportEvent,
  type ImportState,
  importDecider,
  type Recorded,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';

/** All imports as their events tell, in memory. */
export interface ImportRegister {
  /** Reads what is new. */
  refresh(): Promise<void>;
  get(id: Uuid): ImportState | undefined;
  /** Latest first. */
  all(): readonly ImportState[];
}

const PREFIX = 'import-';
const BATCH = 500;

/** Empty until it was refreshed. */
export function createImportRegister(log: EventLog): ImportRegister {
  const imports = new Map<Uuid, ImportState>();
  let next = 0;
  let refreshing: Promise<void> = Promise.resolve();

  async function catchUp(): Promise<void> {
    for (;;) {
      const events = await log.readAll({ from: next, limit: BATCH, prefixes: [PREFIX] });
      for (const event of events) {
        take(event);
        next = event.position + 1;
      }
      if (events.length < BATCH) return;
    }
  }

  function take(event: Recorded): void {
    const id = event.stream.slice(PREFIX.length);
    const state = imports.get(id) ?? importDecider.initial(id);
    imports.set(id, importDecider.evolve(state, event as unknown as Happened<ImportEvent>));
  }

  return {
    refresh() {
      refreshing = refreshing.then(catchUp, catchUp);
      return refreshing;
    },
    get: (id) => imports.get(id),
    all: () =>
      [...imports.values()].sort(
        (left, right) =>
          right.requestedAt.localeCompare(left.requestedAt) || right.id.localeCompare(left.id),
      ),
  };
}
