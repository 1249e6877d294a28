import { checkField } from '#crm';
import type { SortKey } from '../read-store.port.js';

/**
 * The total sort: each field once, ending with `id` in the first key's direction.
 * @throws InvalidFilter a key's field is no field
 */
export function totalSort(keys: readonly SortKey[]): readonly SortKey[] {
  const total: SortKey[] = [];
  for (const [i, key] of keys.entries()) {
    checkField(key.field, `sort.${i}.field`);
    if (total.some(({ field }) => field === key.field)) continue;
    total.push(key);
    if (key.field === 'id') return total;
  }
  return [...total, { field: 'id', direction: keys[0]?.direction ?? 'ascending' }];
}
