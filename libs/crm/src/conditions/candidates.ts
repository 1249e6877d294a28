import type { Json, JsonObject } from '../kernel/json.js';

function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Calls `visit` with each value that a condition on the path looks at, as MongoDB does, until it answers true: the value
 * itself (undefined when missing), each element when it is a list, and so for each object of a list on the way.
 * A list on the way without an object in it has no candidate at all, not even a missing one.
 */
export function someCandidate(
  document: JsonObject,
  path: readonly string[],
  visit: (value: Json | undefined) => boolean,
  depth = 0,
): boolean {
  const value = member(document, path[depth] ?? '');
  if (depth === path.length - 1) {
    return visit(value) || (isList(value) && value.some((element) => visit(element)));
  }
  if (isObject(value)) return someCandidate(value, path, visit, depth + 1);
  if (!isList(value)) return visit(undefined);
  return value.some(
    (element) => isObject(element) && someCandidate(element, path, visit, depth + 1),
  );
}

/** The value at the path through objects alone; undefined where there is none, also behind a list. */
export function valueAt(document: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = document;
  for (const name of path) {
    if (!isObject(value)) return undefined;
    value = member(value, name);
  }
  return value;
}

/** True when the path meets a list, on its way or at its end. */
export function meetsList(document: JsonObject, path: readonly string[]): boolean {
  let value: Json | undefined = document;
  for (const name of path) {
    if (!isObject(value)) return isList(value);
    value = member(value, name);
  }
  return isList(value);
}
