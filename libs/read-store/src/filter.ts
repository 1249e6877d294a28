import type { JsonObject } from '#crm';

/**
 * A condition in the product's one filter language: a subset of MongoDB's query operators with MongoDB's meaning
 * (type bracketing, `null` matches missing, a condition on a list holds when one element meets it).
 *
 * Fields by dotted path: `{ "custom.budget": { "$gte": 1000 } }`. A bare value means `$eq`.
 * Operators on a field: `$eq $ne $gt $gte $lt $lte $in $nin $exists $all $regex`, and `$not` around them.
 * `$regex` takes a literal text, every special character escaped by a backslash, with an optional leading `^`: contains or starts with,
 * case-sensitive. Around conditions: `$and $or $nor`.
 * Nothing else: no `$where`, no `$expr`, no path that starts with `$` or has `__proto__`, `constructor` or `prototype` in it.
 */
export type Filter = JsonObject;

/** What a filter is checked against before any store sees it. */
export interface FilterLimits {
  /** Deepest nesting of `$and`, `$or`, `$nor`, `$not`. */
  readonly depth: number;
  /** Most conditions in all. */
  readonly conditions: number;
  /** Most values of one `$in`, `$nin`, `$all`. */
  readonly values: number;
}

export const FILTER_LIMITS: FilterLimits = { depth: 8, conditions: 100, values: 200 };
