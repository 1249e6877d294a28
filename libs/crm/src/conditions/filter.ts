import type { JsonObject } from '../kernel/json.js';

/**
 * A condition in the product's one filter language: a subset of MongoDB's query operators with MongoDB's meaning
 * (type bracketing, `null` matches missing, a condition on a list holds when one element meets it).
 *
 * Fields by dotted path: `{ "custom.budget": { "$gte": 1000 } }`. A bare value means `$eq`. A path through a list of
 * objects looks into each of them; a list within a list is not opened.
 * Operators on a field: `$eq $ne $gt $gte $lt $lte $in $nin $exists $all $regex`, and `$not` around them.
 * `$regex` takes a literal text, every special character escaped by a backslash, with an optional leading `^`: contains or starts with;
 * as it is written, or with `$options: "i"` beside it in whatever case (`case-variants.ts`). Around conditions: `$and $or $nor`.
 *
 * Operands: `$eq $ne` a text, number, boolean, null, or a list of these (equal as a whole, or to one element); `$in $nin`
 * a list of texts, numbers, booleans and nulls, which may be empty; `$all` the same without null; `$gt $gte $lt $lte` a text or
 * number, compared with values of its own type only; `$exists` a boolean. Objects are not compared: name their members by path.
 * Booleans are not numbers. Texts compare by code point, so NFC and NFD differ.
 * Where it is known what fields hold, an operand that no value of the field could be is refused; null can be asked of every field.
 *
 * Until `resolveFilter` makes plain ones of them, `$eq $ne $gt $gte $lt $lte` on a field that holds days or moments also take operands relative
 * to now: `{ "$daysAgo": 7 }`, `{ "$daysAhead": 3 }` (calendar days of a time zone, from their beginning; 0 is today),
 * `{ "$hoursAgo": 2 }`, `{ "$now": true }`. No store takes those.
 *
 * Nothing else: no `$where`, no `$expr`, no path that starts with `$`, has `__proto__`, `constructor` or `prototype` in it, or a
 * segment of digits only (a position in a list, elsewhere a member's name).
 */
export type Filter = JsonObject;

/** What a filter is checked against before any store sees it. */
export interface FilterLimits {
  /** Deepest nesting of `$and`, `$or`, `$nor`, `$not`. */
  readonly depth: number;
  /** Most conditions in all. */
  readonly conditions: number;
  /** Most values of one `$in`, `$nin`, `$all`, or list operand. */
  readonly values: number;
  /** Most segments of a dotted path. */
  readonly segments: number;
  /** Longest text of one operand, in UTF-16 code units, composed. */
  readonly text: number;
}

export const FILTER_LIMITS: FilterLimits = {
  depth: 8,
  conditions: 100,
  values: 200,
  segments: 4,
  text: 1_000,
};

/**
 * Of what the product puts together: one or two filters of callers within their limits, what their rights let them see, and what a list asks
 * besides. So nobody's filter is refused for what stands around it.
 */
export const COMPOSED_LIMITS: Pick<FilterLimits, 'depth' | 'conditions'> = {
  depth: 2 * FILTER_LIMITS.depth,
  conditions: 10 * FILTER_LIMITS.conditions,
};
