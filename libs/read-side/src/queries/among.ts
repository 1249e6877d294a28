import { FILTER_LIMITS, type Filter } from '#crm';

/** That a field has one of the values, of which there may be more than one condition takes. */
export function among(
  field: string,
  values: readonly (string | number | boolean | null)[],
): Filter {
  const parts = inParts(values, FILTER_LIMITS.values).map((part) => ({ [field]: { $in: part } }));
  const [only = { [field]: { $in: [] } }] = parts;
  return parts.length > 1 ? { $or: parts } : only;
}

/** Consecutive parts of a list, each of so many at most. */
export function inParts<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, part) => items.slice(part * most, (part + 1) * most));
}
