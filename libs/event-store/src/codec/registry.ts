import type { EventDefinition, JsonObject } from '#crm';

/** What the codec knows of every event type. */
export interface Registry {
  readonly definitions: readonly EventDefinition[];
  find(type: string): EventDefinition | undefined;
}

/**
 * @throws Error a type is defined twice, its version is not a whole number from 1, or an upcaster is missing or too many:
 * mistakes that must show at start, not when an old event is read
 */
export function createRegistry(definitions: readonly EventDefinition[]): Registry {
  const byType = new Map<string, EventDefinition>();
  for (const definition of definitions) {
    const { type, version } = definition;
    if (byType.has(type)) throw new Error(`The event type ${type} is defined twice.`);
    if (!Number.isSafeInteger(version) || version < 1) {
      throw new Error(`The event type ${type} has no version from 1.`);
    }
    checkUpcasters(definition);
    byType.set(type, definition);
  }
  return { definitions: [...byType.values()], find: (type) => byType.get(type) };
}

function checkUpcasters({ type, version, upcasters }: EventDefinition): void {
  const given = Object.keys(upcasters).map(Number);
  for (let from = 1; from < version; from += 1) {
    if (!given.includes(from)) throw new Error(`${type} has no upcaster from version ${from}.`);
  }
  if (given.length === version - 1) return;
  throw new Error(`${type} has an upcaster from a version that never was.`);
}

/** Data of an older version in the shape of the current one. */
export function upcast(definition: EventDefinition, data: JsonObject, version: number): JsonObject {
  let current = data;
  for (let from = version; from < definition.version; from += 1) {
    current = definition.upcasters[from]?.(current) ?? current;
  }
  return current;
}
