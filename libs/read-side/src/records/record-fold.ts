import {
  deciderOf,
  type Recorded,
  type RecordState,
  type RecordType,
  recordName,
  type Uuid,
} from '#crm';
import { NO_SHARES, type Shares, sharesOf } from '../totals/share.js';
import type { Derived } from './derived.js';
import { documentOf } from './document-of.js';
import { withoutErasedParts } from './erased-parts.js';
import type { RecordDocument } from './record-document.js';
import { searchTokensOf } from './search-tokens-of.js';
import { stateOf } from './state-of.js';

/** A record in the middle of being folded: the domain's state, and what only the document needs. */
export interface RecordFold {
  readonly state: RecordState;
  readonly noteCount: number;
  /** What was derived from values last; it holds while the values are the same objects. */
  readonly derived: Derived | undefined;
  /** What it brings to the totals of its type. */
  readonly shares: Shares;
}

/** The domain's own rules fold the documents, so that lists, as-of views and replays agree by construction. */
export function openRecord(
  type: RecordType,
  id: Uuid,
  document: RecordDocument | undefined,
): RecordFold {
  if (!document) {
    const state = deciderOf(type).initial(id);
    return { state, noteCount: 0, derived: undefined, shares: NO_SHARES };
  }
  const state = stateOf(document);
  const { noteCount, search } = document;
  return { state, noteCount, derived: { fields: state.fields, search }, shares: sharesOf(state) };
}

/** Folds one event of the record. Notes are counted and not kept: they have documents of their own. */
export function evolveRecordFold(fold: RecordFold, event: Recorded): RecordFold {
  const before = fold.state;
  const state = deciderOf(before.type).evolve(before, withoutErasedParts(event));
  const { derived, noteCount } = fold;
  switch (event.type.slice(recordName(before.type).length)) {
    case 'NoteAdded':
      return { ...fold, state: withoutNotes(state), noteCount: noteCount + 1 };
    case 'NoteRemoved':
      return { ...fold, state: withoutNotes(state), noteCount: Math.max(0, noteCount - 1) };
    default:
      return { state, noteCount, derived, shares: sharesOf(state, fold.shares) };
  }
}

/** The document keeps the number of notes, not the notes: they would grow with the history. */
function withoutNotes(state: RecordState): RecordState {
  return { ...state, notes: {} };
}

/** The document after the last event, or undefined for a record that never came into being. */
export function closeRecord(
  fold: RecordFold,
  { revision, position }: Pick<Recorded, 'revision' | 'position'>,
): RecordDocument | undefined {
  if (fold.state.lifecycle === 'absent') return undefined;
  return documentOf(fold.state, fold.noteCount, derive(fold), { revision, position });
}

function derive({ state: { type, fields }, derived }: RecordFold): Derived {
  if (derived?.fields === fields) return derived;
  return { fields, search: searchTokensOf(type, fields) };
}

/** Folds a stream's events from its first into the document, for views of the past. */
export function foldRecord(
  type: RecordType,
  id: Uuid,
  events: readonly Recorded[],
): RecordDocument | undefined {
  const last = events.at(-1);
  if (!last) return undefined;
  const folded = events.reduce(evolveRecordFold, openRecord(type, id, undefined));
  return closeRecord(folded, last);
}
