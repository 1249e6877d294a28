/** A member of event data that is a text, wherever the data came from. */
export function textIn(data: object, name: string): string | undefined {
  const value: unknown = (data as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A member that is a list, or none. */
export function listIn(data: object, name: string): readonly unknown[] {
  const value: unknown = (data as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(value) ? value : [];
}

/** Texts among the elements of a list. */
export function textsIn(data: object, name: string): readonly string[] {
  return listIn(data, name).filter((element) => typeof element === 'string');
}

/** The new values of edited fields: `changes: [{field, from, to}]`. */
export function changesIn(data: object): ReadonlyMap<string, unknown> {
  const changed = new Map<string, unknown>();
  for (const change of listIn(data, 'changes')) {
    if (typeof change !== 'object' || change === null) continue;
    const field = textIn(change, 'field');
    if (field !== undefined) changed.set(field, 'to' in change ? change.to : undefined);
  }
  return changed;
}
