import type { Filter } from '../conditions/filter.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import type { RecordType } from '../record/record-type.js';
import type { SavedFilterEvent, SavedQuery } from './saved-filter-events.js';

/** A filter of a list under a name. */
export interface SavedFilterState extends SavedQuery {
  readonly id: Uuid;
  readonly status: 'absent' | 'kept' | 'removed';
  readonly recordType: RecordType;
  /** Who saved it. */
  readonly ownerId: Uuid;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Whoever asks for a saved filter. */
export interface FilterReader {
  readonly userId: Uuid;
  readonly teamIds: readonly Uuid[];
}

/** Whether the filter is there for this one. */
export function seesFilter(
  { status, ownerId, shared }: Pick<SavedFilterState, 'status' | 'ownerId' | 'shared'>,
  { userId, teamIds }: FilterReader,
): boolean {
  if (status !== 'kept') return false;
  if (ownerId === userId || shared === true) return true;
  return typeof shared === 'object' && shared.teamIds.some((id) => teamIds.includes(id));
}

/** The stream of one saved filter. */
export function savedFilterStream(id: Uuid): string {
  return `saved-filter-${id}`;
}

const NO_FILTER: Filter = {};

/** A saved filter before anything happened to it. */
export function absentSavedFilter(id: Uuid): SavedFilterState {
  return {
    ...{ id, status: 'absent', recordType: 'lead', ownerId: '', createdAt: '', updatedAt: '' },
    ...{ name: '', filter: NO_FILTER, shared: false },
  };
}

/** Folds an event. One whose filter was erased asks for nothing any more: it counts as removed, rather than finding everything. */
export function evolveSavedFilter(
  state: SavedFilterState,
  event: SavedFilterEvent & {
    readonly metadata: { readonly occurredAt: Instant; readonly actor: { readonly id: Uuid } };
  },
): SavedFilterState {
  const { occurredAt: updatedAt, actor } = event.metadata;
  switch (event.type) {
    case 'SavedFilterCreated': {
      const { filter, ...told } = event.data;
      const created = { ...state, ...told, filter, ownerId: actor.id, createdAt: updatedAt };
      return asked({ ...created, status: 'kept', updatedAt });
    }
    case 'SavedFilterChanged': {
      const values = event.data.changes.map(({ field, to }) => [field, to] as const);
      return asked({ ...state, ...Object.fromEntries(values), updatedAt });
    }
    case 'SavedFilterRemoved':
      return { ...state, status: 'removed', updatedAt };
    default: {
      const unknown: never = event;
      void unknown;
      return state;
    }
  }
}

function asked(state: SavedFilterState): SavedFilterState {
  const { filter, name } = state as Partial<SavedFilterState>;
  if (filter !== undefined) return { ...state, name: name ?? '' };
  return { ...state, name: name ?? '', filter: NO_FILTER, status: 'removed' };
}
