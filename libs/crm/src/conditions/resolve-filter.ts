import { isCalendarDate, parseInstant } from '../kernel/instant.js';
import type { Json, JsonObject } from '../kernel/json.js';
import { checkFilter } from './check-filter.js';
import { isObject, join } from './checking.js';
import type { FieldKind, KindOf } from './field-kind.js';
import type { Filter } from './filter.js';
import { InvalidFilter } from './invalid-filter.js';
import { type RelativeTo, resolveOperand } from './relative-operand.js';

/** What turns a filter as people write it into one as it is asked. */
export interface Resolving extends RelativeTo {
  /** The fields that the filter may name, and what they hold. */
  readonly kindOf: KindOf;
}

/**
 * The filter as documents are asked it: nothing relative to now, texts composed (NFC), moments in UTC with milliseconds, whatever offset and
 * precision they were written with; of a day alone, its beginning in UTC. The same object each time unless it is relative to now, so that what
 * `compileConditions` made of it lasts. Filters that are asked at one moment are quicker resolved with one `resolving`.
 * @throws InvalidFilter naming what is not in the language, a field that there is not, or a text that is compared with a day or a
 * moment and is none
 */
export function resolveFilter(filter: unknown, resolving: Resolving): Filter {
  const { kindOf } = resolving;
  const known = isObject(filter) ? lasting.get(filter) : undefined;
  if (known?.kindOf === kindOf) return known.filter;
  const { relative } = checkFilter(filter, { kindOf, relativeTo: resolving });
  const resolved = resolveObject(resolving, filter as Filter, '', undefined);
  if (!relative) lasting.set(filter as Filter, { kindOf, filter: resolved });
  return resolved;
}

/** What filters become that do not depend on now: a rule is asked again and again. */
const lasting = new WeakMap<object, { readonly kindOf: KindOf; readonly filter: Filter }>();

/** Patterns are of texts, moments too. */
const OF_TEXTS = new Set(['$regex', '$options']);

function resolveObject(
  resolving: Resolving,
  object: JsonObject,
  at: string,
  kind: FieldKind | undefined,
): JsonObject {
  let same = true;
  const entries = Object.entries(object).map(([key, value]) => {
    const path = join(at, key);
    if (value === undefined) return [key, value];
    const isOperator = key.startsWith('$');
    const kindHere = isOperator ? (OF_TEXTS.has(key) ? undefined : kind) : resolving.kindOf(key);
    // All that an operator of the checked filter compares with an object.
    const isRelative = isOperator && key !== '$not' && isObject(value);
    const resolved =
      isRelative && (kindHere === 'date' || kindHere === 'instant')
        ? resolveOperand(value, kindHere, resolving, path)
        : resolveValue(resolving, value, path, kindHere);
    same &&= resolved === value;
    return [key, resolved];
  });
  return same ? object : Object.fromEntries(entries);
}

function resolveValue(
  resolving: Resolving,
  value: Json,
  at: string,
  kind: FieldKind | undefined,
): Json {
  if (typeof value === 'string') return textAs(kind, value, at);
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return resolveObject(resolving, value as JsonObject, at, kind);
  const elements = value.map((element: Json, i) =>
    resolveValue(resolving, element, join(at, String(i)), kind),
  );
  return elements.every((element, i) => element === value[i]) ? value : elements;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = DAY.exec(text)?.map(Number) ?? [];
  return isCalendarDate(year, month, day);
}

function textAs(kind: FieldKind | undefined, text: string, at: string): string {
  if (kind !== 'instant' && kind !== 'date') return text.normalize('NFC');
  if (isDay(text)) return text;
  if (kind === 'date') throw new InvalidFilter(at, 'it must be a day such as 2026-03-01');
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new InvalidFilter(at, 'it must be a moment such as 2026-03-01T09:30:00Z, or a day');
}
