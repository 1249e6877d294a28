import type { Position, Settings } from '#crm';
import type { Logged } from '#event-store';
import type { CollectionDefinition, Document, Stored, Write } from '#read-store';
import { type GroupMove, movesBetween } from './group-moves.js';
import type { Model, OpenState } from './model.js';
import { UnreadableEvent } from './parking.js';
import type { Projection } from './projection.port.js';

/** A stretch of the log with the settings as of each of its events. */
export interface Stretch {
  readonly events: readonly Logged[];
  readonly settings: readonly Settings[];
}

/** Where folding starts: at a kept state, at a stored document, or at nothing. */
export type Start = { readonly kept: OpenState } | { readonly stored: Stored | undefined };

/** How far folding came. */
export interface FoldedDocument {
  /** Undefined when no event was new. */
  readonly result?: {
    readonly state: OpenState;
    /** Rows, which must be there before the document is: then its events are not folded again. */
    readonly rows: readonly Write[];
    /** What the events change in the document's groups. */
    readonly moves: readonly GroupMove[];
    readonly document: Write;
  };
  /** Index among the places of the first event that could not be folded, and why. */
  readonly failure?: { readonly index: number; readonly error: unknown };
}

/**
 * Folds the events at `places` into one document until one fails. Events that the document has already are passed over.
 * When the folded state cannot be turned into a document, nothing of it counts.
 */
export function foldDocument(
  { projection, collection, rows }: Model,
  id: string,
  start: Start,
  stretch: Stretch,
  places: readonly number[],
): FoldedDocument {
  let last: Logged | undefined;
  let lastSettings: Settings | undefined;
  let failure: FoldedDocument['failure'];
  const written: Write[] = [];
  const moves: GroupMove[] = [];
  try {
    let { state, position } = 'kept' in start ? start.kept : open(projection, id, start.stored);
    for (const [index, place] of places.entries()) {
      const event = stretch.events[place];
      const settings = stretch.settings[place];
      if (!event || !settings || event.position <= position) continue;
      try {
        if (event.unreadable) throw new UnreadableEvent(event.type, event.unreadable);
        const after = projection.evolve(state, event, settings, id);
        if (rows && projection.rows) {
          for (const document of projection.rows.of(state, after, event)) {
            written.push(writeOf(rows, document.id, document, event.position));
          }
        }
        if (projection.groups) {
          const { position: at } = event;
          const around = { before: state, after };
          moves.push(...movesBetween(projection.groups, around, { member: id, position: at }));
        }
        state = after;
      } catch (error) {
        failure = { index, error };
        break;
      }
      position = event.position;
      last = event;
      lastSettings = settings;
    }
    if (!last || !lastSettings) return { failure };
    const document = writeOf(collection, id, projection.close(state, last, lastSettings), position);
    return { result: { state: { state, position }, rows: written, moves, document }, failure };
  } catch (error) {
    return { failure: { index: 0, error } };
  }
}

function writeOf(
  collection: CollectionDefinition,
  id: string,
  document: Document | undefined,
  position: Position,
): Write {
  return document
    ? { kind: 'put', collection, document, position }
    : { kind: 'remove', collection, id, position };
}

function open(projection: Projection, id: string, stored: Stored | undefined): OpenState {
  return {
    state: projection.open(id, stored?.document),
    position: stored?.position ?? -1,
  };
}
