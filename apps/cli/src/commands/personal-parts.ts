import type { EventDefinition } from '#crm';

type Json = Readonly<Record<string, unknown>>;
export interface ToldEvent {
  readonly type: string;
  readonly data: Json;
  readonly [member: string]: unknown;
}

/** The event without its personal parts. Of a type that is not known here, nothing of its data is told. */
export function withoutPersonalParts(
  event: ToldEvent,
  definitions: ReadonlyMap<string, EventDefinition>,
): ToldEvent {
  const definition = definitions.get(event.type);
  if (!definition) return { ...event, data: {} };
  const { paths, changedFields } = definition.personal;
  let data: Json = event.data;
  for (const path of paths) data = without(data, path.split('.'));
  if (changedFields.length > 0 && Array.isArray(data.changes)) {
    const changes = (data.changes as readonly Json[]).map((change) =>
      isPersonal(String(change.field), changedFields) ? { field: change.field } : change,
    );
    data = { ...data, changes };
  }
  return { ...event, data };
}

function isPersonal(field: string, personal: readonly string[]): boolean {
  return personal.some((name) => field === name || field.startsWith(`${name}.`));
}

function without(data: Json, [head = '', ...rest]: readonly string[]): Json {
  if (!Object.hasOwn(data, head)) return data;
  const { [head]: found, ...others } = data;
  if (rest.length === 0) return others;
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return data;
  return { ...data, [head]: without(found as Json, rest) };
}
