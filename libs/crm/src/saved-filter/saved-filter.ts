import type { Decider, DecisionContext } from '../kernel/decider.js';
import { Refusal } from '../kernel/refusal.js';
import type { RecordType } from '../record/record-type.js';
import { brokenRule } from '../record/values/input-reading.js';
import { readSavedQuery, type SavedQueryInput } from './read-saved-query.js';
import type { SavedFilterChange, SavedFilterEvent, SavedQuery } from './saved-filter-events.js';
import {
  absentSavedFilter,
  evolveSavedFilter,
  type FilterReader,
  type SavedFilterState,
  seesFilter,
} from './saved-filter-state.js';

/** Whoever changes saved filters. */
export interface FilterKeeper extends FilterReader {
  /** May change and remove what others have shared, and share with any team. */
  readonly mayConfigure: boolean;
}

export type SavedFilterCommand =
  | ({ readonly kind: 'save'; readonly recordType: RecordType } & SavedQueryInput & By)
  /** What is left out stays; `q` and `sort` are emptied by null. */
  | ({ readonly kind: 'change' } & SavedQueryInput & By)
  | ({ readonly kind: 'remove' } & By);
type By = { readonly by: FilterKeeper };

/** The rules of saved filters (PRODUCT.md P5): everybody's own, which others see where they are shared. */
export const savedFilterDecider: Decider<SavedFilterState, SavedFilterCommand, SavedFilterEvent> = {
  initial: absentSavedFilter,
  decide,
  evolve: evolveSavedFilter,
};

function decide(
  state: SavedFilterState,
  command: SavedFilterCommand,
  context: DecisionContext,
): readonly SavedFilterEvent[] {
  if (command.kind === 'save') return save(state, command, context);
  requireKeeper(state, command.by);
  return command.kind === 'change'
    ? change(state, command, context)
    : [{ type: 'SavedFilterRemoved', data: {} }];
}

function save(
  state: SavedFilterState,
  { recordType, by, ...input }: Extract<SavedFilterCommand, { kind: 'save' }>,
  context: DecisionContext,
): readonly SavedFilterEvent[] {
  if (state.status !== 'absent') {
    throw new Refusal('conflict', 'saved_filter_exists', 'The filter is there already.');
  }
  const query = readSavedQuery(recordType, input, context);
  refuseForeignTeams(query, by);
  return [{ type: 'SavedFilterCreated', data: { recordType, ...query } }];
}

const FIELDS = ['name', 'filter', 'q', 'sort', 'shared'] as const;

function change(
  state: SavedFilterState,
  { by, kind: _kind, ...input }: Extract<SavedFilterCommand, { kind: 'change' }>,
  context: DecisionContext,
): readonly SavedFilterEvent[] {
  const given = Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  ) as SavedQueryInput;
  const before: SavedQuery = state;
  const wanted = readSavedQuery(state.recordType, { ...before, ...given }, context);
  if (!isSame(before.shared, wanted.shared)) refuseForeignTeams(wanted, by);
  const changes = FIELDS.flatMap((field) => {
    const [from, to] = [before[field], wanted[field]];
    if (isSame(from, to)) return [];
    return { field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  }) as readonly SavedFilterChange[];
  return changes.length === 0 ? [] : [{ type: 'SavedFilterChanged', data: { changes } }];
}

/** As JSON: to a filter, null is not the same as nothing. */
function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** To whom a filter is not shared, it is not there; others' is not theirs to change, unless they look after the installation. */
function requireKeeper(state: SavedFilterState, by: FilterKeeper): void {
  const isShared = state.status === 'kept' && state.shared !== false;
  if (!seesFilter(state, by) && !(by.mayConfigure && isShared)) {
    throw new Refusal('not-found', 'saved_filter_not_found', 'There is no such saved filter.');
  }
  if (state.ownerId === by.userId || by.mayConfigure) return;
  throw new Refusal('forbidden', 'forbidden', 'Only who saved the filter may change it.');
}

function refuseForeignTeams({ shared }: SavedQuery, { teamIds, mayConfigure }: FilterKeeper): void {
  if (typeof shared === 'boolean' || mayConfigure) return;
  const foreign = shared.teamIds.findIndex((id) => !teamIds.includes(id));
  if (foreign < 0) return;
  const message = 'Filters are shared with teams of your own.';
  throw brokenRule('foreign_team', `shared.teamIds.${foreign}`, message);
}
