import { checkFilter } from '../conditions/check-filter.js';
import type { KindOf } from '../conditions/field-kind.js';
import type { Filter } from '../conditions/filter.js';
import { InvalidFilter } from '../conditions/invalid-filter.js';
import { type ListOrder, listKinds, whyNotSorted } from '../conditions/list-kinds.js';
import { resolveFilter } from '../conditions/resolve-filter.js';
import type { DecisionContext } from '../kernel/decider.js';
import type { RecordType } from '../record/record-type.js';
import { readId } from '../record/values/id.js';
import { InputReading } from '../record/values/input-reading.js';
import { VALUE_LIMITS } from '../record/values/limits.js';
import { readText } from '../record/values/text.js';
import type { SavedQuery, Sharing } from './saved-filter-events.js';

/** A saved filter as it comes from outside: unread. */
export type SavedQueryInput = {
  readonly name?: unknown;
  readonly filter?: unknown;
  readonly q?: unknown;
  readonly sort?: readonly ListOrder[] | null;
  readonly shared?: unknown;
};

/** As lists take it. */
const LONGEST_Q = 200;

/**
 * Reads what is to be saved. A filter is kept as it is written, relative to now: it is resolved each time that it is asked.
 * @throws Refusal `invalid_fields`
 */
export function readSavedQuery(
  recordType: RecordType,
  { name, filter = {}, q, sort, shared = false }: SavedQueryInput,
  context: DecisionContext,
): SavedQuery {
  const reading = new InputReading();
  const kindOf = listKinds(recordType, context.settings);
  const words = reading.optional(readText, q, 'q');
  reading.refuseUnless((words ?? '').length <= LONGEST_Q, 'q', 'too_long', 'This is too long.');
  const why = sort ? whyNotSorted(recordType, sort, kindOf) : undefined;
  if (why !== undefined) reading.refuse('sort', 'invalid_sort', `Not so: ${why}.`);
  const query = {
    name: reading.name(name, 'name'),
    filter: readFilter(reading, filter, kindOf, context),
    ...(words !== undefined && { q: words }),
    ...(sort &&
      sort.length > 0 && { sort: sort.map(({ field, direction }) => ({ field, direction })) }),
    shared: readSharing(reading, shared),
  };
  reading.finish();
  return query;
}

function readFilter(
  reading: InputReading,
  filter: unknown,
  kindOf: KindOf,
  { now, settings }: DecisionContext,
): Filter {
  try {
    const relativeTo = { now, timeZone: settings.timeZone };
    checkFilter(filter, { kindOf, relativeTo });
    resolveFilter(filter, { ...relativeTo, kindOf });
  } catch (error) {
    if (!(error instanceof InvalidFilter)) throw error;
    const path = error.path === '' ? 'filter' : `filter.${error.path}`;
    reading.refuse(path, 'invalid_filter', `Not so: ${error.why}.`);
  }
  return filter as Filter;
}

function readSharing(reading: InputReading, shared: unknown): Sharing {
  if (typeof shared === 'boolean') return shared;
  const teamIds: unknown =
    typeof shared === 'object' && shared !== null ? Reflect.get(shared, 'teamIds') : undefined;
  if (!Array.isArray(teamIds)) {
    reading.refuse('shared', 'wrong_type', 'This must be true, false, or name teams by teamIds.');
    return false;
  }
  if (teamIds.length === 0 || teamIds.length > VALUE_LIMITS.listEntries) {
    const message = `From 1 to ${VALUE_LIMITS.listEntries} teams.`;
    reading.refuse('shared.teamIds', 'wrong_number', message);
  }
  const ids = teamIds.map((id, index) =>
    reading.required(readId, id, `shared.teamIds.${index}`, ''),
  );
  return { teamIds: [...new Set(ids)] };
}
