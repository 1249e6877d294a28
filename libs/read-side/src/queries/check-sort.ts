import { type KindOf, type RecordType, whyNotSorted } from '#crm';
import type { SortKey } from '#read-store';
import { InvalidQuery } from './query-context.js';

/** @throws InvalidQuery naming the first field that cannot be sorted by */
export function checkSort(type: RecordType, sort: readonly SortKey[], kindOf: KindOf): void {
  const why = whyNotSorted(type, sort, kindOf);
  if (why !== undefined) throw new InvalidQuery('sort', why);
}
