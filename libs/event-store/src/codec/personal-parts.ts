import type { Json, JsonObject, PersonalParts } from '#crm';

/** The personal values taken out of an event's data. */
export interface PersonalValues {
  /** What the paths named, nested as it was in the data. */
  readonly values: JsonObject;
  /** Index into `changes`, with the sides that were there. */
  readonly changes: readonly (readonly [index: number, sides: JsonObject])[];
}

export interface Split {
  readonly readable: JsonObject;
  /** Absent when the data holds no personal value. */
  readonly personal?: PersonalValues;
}

/** The member of an event's data that holds its sealed part. Data that has such a member itself gives it into the seal. */
export const SEALED = 'sealed';

type Members = Record<string, Json | undefined>;

/** Takes the personal values out of data. The data itself stays as it is. */
export function splitPersonal(data: JsonObject, parts: PersonalParts): Split {
  if (parts.paths.length === 0 && parts.changedFields.length === 0) return { readable: data };
  const readable: Members = { ...data };
  const values: Members = {};
  const copied = new Set<unknown>();
  let taken = 0;
  for (const path of parts.paths) if (take(readable, values, path, copied)) taken += 1;
  const changes = takeChanges(readable, parts.changedFields);
  if (taken === 0 && changes.length === 0) return { readable: data };
  take(readable, values, SEALED, copied);
  return { readable, personal: { values, changes } };
}

/** A copy of an event's data without its sealed part, and that part. */
export function withoutSeal(data: JsonObject): { readable: JsonObject; sealed: Json | undefined } {
  const { [SEALED]: sealed, ...readable } = data;
  return { readable, sealed };
}

/** Puts personal values back where `splitPersonal` took them. The data itself stays as it is. */
export function mergePersonal(data: JsonObject, { values, changes }: PersonalValues): JsonObject {
  const merged = mergeObjects(data, values);
  if (changes.length > 0 && Array.isArray(merged.changes)) {
    const list = [...(merged.changes as readonly JsonObject[])];
    for (const [index, sides] of changes) list[index] = { ...list[index], ...sides };
    merged.changes = list;
  }
  return merged;
}

/** Both together. What was taken whole is in one of them only, so where both have an object it is two parts of one. */
function mergeObjects(one: JsonObject, other: JsonObject): Members {
  const merged: Members = { ...one };
  for (const name of Object.keys(other)) {
    const mine = Object.hasOwn(one, name) ? one[name] : undefined;
    const theirs = other[name];
    merged[name] = isObject(mine) && isObject(theirs) ? mergeObjects(mine, theirs) : theirs;
  }
  return merged;
}

/** Moves what a dotted path names, if there is anything, copying each object on the way once. */
function take(from: Members, to: Members, path: string, copied: Set<unknown>): boolean {
  const names = path.split('.');
  const last = names.pop() as string;
  let parent = from;
  for (const name of names) {
    const next = Object.hasOwn(parent, name) ? parent[name] : undefined;
    if (!isObject(next)) return false;
    const own: Members = copied.has(next) ? next : { ...next };
    copied.add(own);
    parent[name] = own;
    parent = own;
  }
  const value = Object.hasOwn(parent, last) ? parent[last] : undefined;
  if (value === undefined) return false;
  delete parent[last];
  let target = to;
  for (const name of names) {
    const next = isObject(target[name]) ? (target[name] as Members) : {};
    target[name] = next;
    target = next;
  }
  const before = target[last];
  target[last] = isObject(before) && isObject(value) ? mergeObjects(value, before) : value;
  return true;
}

function takeChanges(readable: Members, personal: readonly string[]): [number, JsonObject][] {
  const taken: [number, JsonObject][] = [];
  const { changes } = readable;
  if (personal.length === 0 || !Array.isArray(changes)) return taken;
  readable.changes = changes.map((change: Json, index) => {
    if (!isObject(change) || !isPersonal(change.field, personal)) return change;
    const { from, to, ...rest } = change;
    if (from === undefined && to === undefined) return change;
    taken.push([index, { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }]);
    return rest;
  });
  return taken;
}

/** Whether a changed field counts as personal: named itself, or below a named one (`custom` names `custom.budget`). */
function isPersonal(field: unknown, personal: readonly string[]): boolean {
  if (typeof field !== 'string') return false;
  return personal.some((name) => field === name || field.startsWith(`${name}.`));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
