import {
  absentSavedFilter,
  evolveSavedFilter,
  type Filter,
  type ListOrder,
  type Recorded,
  type RecordType,
  type SavedFilterEvent,
  type SavedFilterState,
  type Sharing,
  type Uuid,
} from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';

interface Told extends Document {
  readonly id: Uuid;
  readonly recordType: RecordType;
  readonly name: string;
  readonly ownerId: Uuid;
  readonly q?: string;
  readonly sort?: readonly ListOrder[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly revision: number;
}

/** A saved filter as it is kept to be found. */
export interface SavedFilterDocument extends Told {
  readonly shared: 'no' | 'teams' | 'all';
  /** With whom, if with teams. */
  readonly teamIds: readonly Uuid[];
  /** As JSON: names of operators and paths are no names of a document's members. */
  readonly filter: string;
}

/** A saved filter as people are shown it. */
export interface ShownSavedFilter extends Told {
  readonly filter: Filter;
  readonly shared: Sharing;
}

export const SAVED_FILTERS: CollectionDefinition = {
  name: 'saved_filters',
  version: 1,
  indexes: [
    { fields: ['ownerId', 'name'] },
    { fields: ['shared', 'name'] },
    { fields: ['teamIds'], multi: 'exact' },
  ],
};

const PREFIX = 'saved-filter-';

/** Filters that were saved and not removed since. */
export const savedFilterProjection: Projection<SavedFilterState> = {
  collection: SAVED_FILTERS,
  prefixes: ['saved-'],
  oneStream: true,
  keys: ({ stream }) => [stream.slice(PREFIX.length)],
  open: (id, stored) => (stored ? stateOf(stored as SavedFilterDocument) : absentSavedFilter(id)),
  evolve: (state, event) => evolveSavedFilter(state, event as Recorded<SavedFilterEvent>),
  close({ status, filter, shared, q, sort, ...state }, { revision }) {
    if (status !== 'kept') return undefined;
    const document: SavedFilterDocument = {
      ...state,
      ...(q !== undefined && { q }),
      ...(sort !== undefined && { sort }),
      shared: typeof shared === 'object' ? 'teams' : shared ? 'all' : 'no',
      teamIds: typeof shared === 'object' ? shared.teamIds : [],
      filter: JSON.stringify(filter),
      revision,
    };
    return document;
  },
};

function stateOf(document: SavedFilterDocument): SavedFilterState {
  const { revision: _revision, ...state } = shownSavedFilter(document);
  return { ...state, status: 'kept' } as unknown as SavedFilterState;
}

/** A saved filter as it is told: the document holds its filter as text, and with whom it is shared in members that can be asked for. */
export function shownSavedFilter(document: SavedFilterDocument): ShownSavedFilter {
  const { teamIds, shared, filter, ...told } = document;
  const sharing: Sharing = shared === 'teams' ? { teamIds } : shared === 'all';
  return { ...told, filter: JSON.parse(filter), shared: sharing } as unknown as ShownSavedFilter;
}
