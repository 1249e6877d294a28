import type { Json, JsonObject, PersonalParts } from '#crm';

/** The personal values taken out of an event's data, with the places they go back to. */
export interface PersonalValues {
  /** Dotted path and value, in the order of taking. */
  readonly paths: readonly (readonly [path: string, value: Json])[];
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
  const copied = new Set<unknown>([readable]);
  const paths: [string, Json][] = [];
  const take = (path: string) => {
    const { parent, name } = descend(readable, path, copied) ?? {};
    if (!parent || name === undefined || !Object.hasOwn(parent, name)) return;
    const value = parent[name];
    if (value === undefined) return;
    paths.push([path, value]);
    delete parent[name];
  };
  for (const path of parts.paths) take(path);
  const changes = takeChanges(readable, parts.changedFields);
  if (paths.length === 0 && changes.length === 0) return { readable: data };
  take(SEALED);
  return { readable, personal: { paths, changes } };
}

/** Puts personal values back where `splitPersonal` took them. The data itself stays as it is. */
export function mergePersonal(data: JsonObject, { paths, changes }: PersonalValues): JsonObject {
  const merged: Members = { ...data };
  const copied = new Set<unknown>([merged]);
  if (changes.length > 0 && Array.isArray(merged.changes)) {
    const list = [...(merged.changes as readonly JsonObject[])];
    for (const [index, sides] of changes) list[index] = { ...list[index], ...sides };
    merged.changes = list;
  }
  // Backwards: a path below another was taken before it, and needs it back first.
  for (let index = paths.length - 1; index >= 0; index -= 1) {
    const [path, value] = paths[index] as readonly [string, Json];
    const { parent, name } = descend(merged, path, copied) ?? {};
    if (parent && name !== undefined) parent[name] = value;
  }
  return merged;
}

/** Whether a changed field counts as personal: named itself, or below a named one (`custom` names `custom.budget`). */
function isPersonal(field: unknown, personal: readonly string[]): boolean {
  if (typeof field !== 'string') return false;
  return personal.some((name) => field === name || field.startsWith(`${name}.`));
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

/** The object that a path ends in, copied once on the way; undefined where the path meets something else. */
function descend(
  root: Members,
  path: string,
  copied: Set<unknown>,
): { parent: Members; name: string } | undefined {
  const names = path.split('.');
  const name = names.pop() as string;
  let parent = root;
  for (const step of names) {
    const next = Object.hasOwn(parent, step) ? parent[step] : undefined;
    if (!isObject(next)) return undefined;
    const own: Members = copied.has(next) ? next : { ...next };
    copied.add(own);
    parent[step] = own;
    parent = own;
  }
  return { parent, name };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
