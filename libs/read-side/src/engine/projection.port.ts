import type { Recorded, Settings } from '#crm';
import type { CollectionDefinition, Document, Stored } from '#read-store';

/**
 * A read model as pure functions. The engine reads a batch of events, loads the documents they touch, folds in memory
 * and writes them in one guarded bulk write; so a projection does no I/O and its result depends on its events alone.
 */
export interface Projection<State> {
  /** Where its documents are. A new `version` is built beside the old one and switched to when it has caught up. */
  readonly collection: CollectionDefinition;
  /** Streams it follows, by prefix of their name: `lead-`. */
  readonly prefixes: readonly string[];
  /** Ids of the documents that an event touches; none when it does not concern the read model. Derived from the event alone. */
  keys(event: Recorded): readonly string[];
  /** The state to fold onto, from the stored document or from nothing. */
  open(id: string, stored: Stored | undefined): State;
  /** Folds one event. `settings` are as of the event. Throwing parks the event and freezes the document. */
  evolve(state: State, event: Recorded, settings: Settings): State;
  /** The document to store, or undefined to remove it. `settings` are as of the last event of the batch. */
  close(state: State, settings: Settings): Document | undefined;
}
