import type { Recorded, Settings } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Groups } from './groups.port.js';

/**
 * A read model as pure functions. The engine reads a batch of events, loads the documents they touch, folds in memory
 * and writes them in one guarded bulk write; so a projection does no I/O and its result depends on its events alone.
 */
export interface Projection<State = unknown> {
  /** Its documents' name, indexes and shape. A new `version` is built beside the old one and switched to when it has caught up. */
  readonly collection: CollectionDefinition;
  /**
   * Kinds of streams it follows: the part of the name up to and with the first hyphen (`lead-`), or the whole name of a
   * stream without one (`settings`).
   */
  readonly prefixes: readonly string[];
  /** Ids of the documents that an event touches; none when it does not concern the read model. Derived from the event alone. */
  keys(event: Recorded): readonly string[];
  /** Set when all events of one document are in one stream: repairing it then replays that stream, not the log. */
  readonly oneStream: boolean;
  /**
   * True when the event is the first of the document, so that nothing need be loaded to fold onto. Left out: always load.
   * Saying so of an event that is not the first would lose what came before it.
   */
  begins?(event: Recorded): boolean;
  /** The state to fold onto, from the stored document or from nothing. */
  open(id: string, stored: Document | undefined): State;
  /** Folds one event into the document `id`. `settings` are as of the event. Throwing parks the event and freezes the document. */
  evolve(state: State, event: Recorded, settings: Settings, id: string): State;
  /** Rows beside the documents, see `Rows`. */
  readonly rows?: Rows<State>;
  /** Documents over several documents, see `Groups`. */
  readonly groups?: Groups<State>;
  /** The document to store, or undefined to remove it, with the last event folded and the settings as of it. */
  close(state: State, last: Recorded, settings: Settings): Document | undefined;
}

/**
 * Small documents of a second collection, written once with an event and never changed: an index over events that needs what
 * the document knew when they happened. The collection lives and is rebuilt with the projection's own.
 */
export interface Rows<State> {
  readonly collection: CollectionDefinition;
  /** Rows of one event, from the state before and after it. Their ids derive from the event. */
  of(before: State, after: State, event: Recorded): readonly Document[];
}

/** All collections that a projection keeps: its own first. */
export function collectionsKept({
  collection,
  rows,
  groups,
}: Pick<Projection, 'collection' | 'rows' | 'groups'>): readonly CollectionDefinition[] {
  return [collection, ...(rows ? [rows.collection] : []), ...(groups ? [groups.collection] : [])];
}
