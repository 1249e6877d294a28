import { filterUseOf, type RecordType, type Settings } from '#crm';
import type { SortKey } from '#read-store';
import { InvalidQuery } from './query-context.js';

const MOST_SORT_KEYS = 3;

/** @throws InvalidQuery naming the first field that cannot be sorted by */
export function checkSort(type: RecordType, sort: readonly SortKey[], settings: Settings): void {
  if (sort.length > MOST_SORT_KEYS) {
    throw new InvalidQuery('sort', `it has at most ${MOST_SORT_KEYS} fields`);
  }
  for (const { field } of sort) {
    if (!filterUseOf(type, field, settings)?.sortable) {
      throw new InvalidQuery('sort', `a list of ${type} records cannot be sorted by ${field}`);
    }
  }
}
