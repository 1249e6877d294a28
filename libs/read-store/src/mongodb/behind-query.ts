import type { Place, PlaceValue } from '../paging/cursor.js';
import type { SortKey } from '../read-store.port.js';
import { allOf, anyOf, NOTHING, type Query } from './filter-query.js';
import { storedPath } from './stored-document.js';

/**
 * The condition that a document stands behind the place where a page ended: beyond it by one key and equal by those before. MongoDB's
 * comparisons hold within one type only, so the types that follow are named one by one. The bound on the first key says nothing
 * new: it lets MongoDB begin an index there, also where the filter has alternatives of its own.
 */
export function behindQuery(sort: readonly SortKey[], place: Place): Query {
  const equal: Query[] = [];
  const branches: Query[] = [];
  for (const [i, { field, direction }] of sort.entries()) {
    const path = storedPath(field);
    const value = place[i] ?? null;
    const tests = beyondTests(value, direction);
    // Every id is a text.
    for (const beyond of field === 'id' ? tests.slice(0, 1) : tests) {
      branches.push(allOf([...equal, { [path]: beyond }]));
    }
    equal.push({ [path]: equals(value) });
  }
  return allOf([boundQuery(sort[0], place[0] ?? null), anyOf(branches)]);
}

const NUMBERS = { $gte: Number.NEGATIVE_INFINITY };
const TEXTS = { $gte: '' };
const OBJECTS = { $type: 'object' };
const BOOLEANS = { $in: [false, true] };

/** Kinds of values in MongoDB's order of types. */
const TYPES = [{ $eq: null }, NUMBERS, TEXTS, OBJECTS, BOOLEANS] as const;

function typeRank(value: PlaceValue): number {
  if (value === null) return 0;
  if (typeof value === 'number') return 1;
  if (typeof value === 'string') return 2;
  return typeof value === 'boolean' ? 4 : 3;
}

/** Tests of which one holds for a value that comes after. */
function beyondTests(value: PlaceValue, direction: SortKey['direction']): readonly Query[] {
  const rank = typeRank(value);
  const up = direction === 'ascending';
  if (up && value === null) return [{ $ne: null }];
  const others = up ? TYPES.slice(rank + 1) : TYPES.slice(0, rank);
  if (value === null || typeof value === 'object') return others;
  if (typeof value === 'boolean') return value === up ? others : [{ $eq: up }, ...others];
  return [up ? { $gt: value } : { $lt: value }, ...others];
}

function equals(value: PlaceValue): Query {
  return typeof value === 'object' && value !== null ? OBJECTS : { $eq: value };
}

function boundQuery(key: SortKey | undefined, value: PlaceValue): Query {
  if (!key) return NOTHING;
  if (typeof value !== 'number' && typeof value !== 'string') return {};
  const operator = key.direction === 'ascending' ? '$lt' : '$gt';
  return { [storedPath(key.field)]: { $not: { [operator]: value } } };
}
