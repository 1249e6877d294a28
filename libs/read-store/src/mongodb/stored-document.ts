import type { Document, Stored } from '../read-store.port.js';

/**
 * A document as MongoDB holds it: its own members at the root, where whoever reads read models with MongoDB's tools looks for them; `id`
 * is `_id`. Members of the store begin with one underscore, so a document's own that does begins with two.
 */
export interface StoredDocument {
  readonly _id: string;
  /** Position of the last event folded into it: every write is guarded by it. */
  readonly _position: number;
  /** Set when the document was removed and only its position is remembered. */
  readonly _removed?: true;
  readonly [member: string]: unknown;
}

/** What every read asks too. */
export const NOT_REMOVED = { _removed: { $exists: false } } as const;

/** A document's member, or a path from it, as it is stored. */
export function storedPath(path: string): string {
  if (path === 'id') return '_id';
  return path.startsWith('_') ? `_${path}` : path;
}

export function toStored({ id, ...members }: Document, position: number): StoredDocument {
  const stored: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) stored[storedPath(name)] = value;
  return { ...stored, _id: id, _position: position };
}

export function documentOf<Doc extends Document>(stored: StoredDocument): Doc {
  const document: Record<string, unknown> = { id: stored._id };
  for (const name in stored) {
    if (!name.startsWith('_')) document[name] = stored[name];
    else if (name.startsWith('__')) document[name.slice(1)] = stored[name];
  }
  return document as Doc;
}

export function withPosition(stored: StoredDocument): Stored {
  return { document: documentOf(stored), position: stored._position };
}
