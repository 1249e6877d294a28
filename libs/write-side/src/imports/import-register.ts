import {
  type Happened,
  type ImportEvent,
  type ImportState,
  importDecider,
  type Position,
  type Recorded,
  type Uuid,
} from '#crm';
import { createLogFollower, type EventLog } from '#event-store';

/** An import as recorded, and where in the log that stands. */
export interface RecordedImport {
  readonly state: ImportState;
  readonly position: Position;
}

/** All imports as their events tell, in memory. */
export interface ImportRegister {
  /** Reads what is new. */
  refresh(): Promise<void>;
  /** Takes in what other processes record, as it happens, until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
  get(id: Uuid): RecordedImport | undefined;
  /** Latest first. */
  all(): readonly RecordedImport[];
}

const PREFIX = 'import-';

/** Empty until it was refreshed. */
export function createImportRegister(log: EventLog): ImportRegister {
  const imports = new Map<Uuid, RecordedImport>();
  function take(event: Recorded): void {
    const id = event.stream.slice(PREFIX.length);
    const known = imports.get(id);
    // Both ways of reading may bring it.
    if (known && known.position >= event.position) return;
    const state = known?.state ?? importDecider.initial(id);
    const next = importDecider.evolve(state, event as unknown as Happened<ImportEvent>);
    imports.set(id, { state: next, position: event.position });
  }

  const { position, refresh } = createLogFollower(log, [PREFIX], take);
  return {
    refresh,
    async follow(signal) {
      const request = { after: position(), prefixes: [PREFIX], signal };
      for await (const { events } of log.subscribe(request))
        for (const event of events) take(event);
    },
    get: (id) => imports.get(id),
    all: () =>
      [...imports.values()].sort(
        ({ state: left }, { state: right }) =>
          right.requestedAt.localeCompare(left.requestedAt) || right.id.localeCompare(left.id),
      ),
  };
}
