import {
  type Happened,
  type ImportEvent,
  type ImportState,
  importDecider,
  type Position,
  type Recorded,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';

/** An import as recorded, and where in the log that stands. */
export interface RecordedImport {
  readonly state: ImportState;
  readonly position: Position;
}

/** All imports as their events tell, in memory. */
export interface ImportRegister {
  /** Reads what is new. */
  refresh(): Promise<void>;
  get(id: Uuid): RecordedImport | undefined;
  /** Latest first. */
  all(): readonly RecordedImport[];
}

const PREFIX = 'import-';
const BATCH = 500;

/** Empty until it was refreshed. */
export function createImportRegister(log: EventLog): ImportRegister {
  const imports = new Map<Uuid, RecordedImport>();
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
    const state = imports.get(id)?.state ?? importDecider.initial(id);
    const next = importDecider.evolve(state, event as unknown as Happened<ImportEvent>);
    imports.set(id, { state: next, position: event.position });
  }

  return {
    refresh() {
      refreshing = refreshing.then(catchUp, catchUp);
      return refreshing;
    },
    get: (id) => imports.get(id),
    all: () =>
      [...imports.values()].sort(
        ({ state: left }, { state: right }) =>
          right.requestedAt.localeCompare(left.requestedAt) || right.id.localeCompare(left.id),
      ),
  };
}
