import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventDefinition, JsonObject } from '#crm';
import type { Logged } from '../event-log.port.js';
import { decode } from './codec.js';
import { createRegistry } from './registry.js';

/** One version of an event type as it was once written: `<Type>.v<version>.json` with `{type, schemaVersion, data}`. */
export interface FixtureReport {
  /** Files that should be there and are not. */
  readonly missing: readonly string[];
  /** Files of no known type and version, or whose content is of another than their name. */
  readonly stray: readonly string[];
  /** Every fixture in today's shape, by file. */
  readonly decoded: ReadonlyMap<string, Logged>;
}

/** Reads the fixtures of every type and every version ever written. Both lists must be empty for the rule to hold. */
export function checkFixtures(
  definitions: readonly EventDefinition[],
  folder: string,
): FixtureReport {
  const registry = createRegistry(definitions);
  const missing: string[] = [];
  const wrong: string[] = [];
  const decoded = new Map<string, Logged>();
  const expected = new Set<string>();
  for (const { type, version } of definitions) {
    for (let schemaVersion = 1; schemaVersion <= version; schemaVersion += 1) {
      const name = `${type}.v${schemaVersion}.json`;
      expected.add(name);
      const file = join(folder, name);
      if (!existsSync(file)) {
        missing.push(name);
        continue;
      }
      const fixture = JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
      const event = decode(registry, asStored(fixture), undefined);
      const named = fixture.type === type && fixture.schemaVersion === schemaVersion;
      if (!named || event.unreadable) wrong.push(name);
      decoded.set(name, event);
    }
  }
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const stray = present.filter((name) => name.endsWith('.json') && !expected.has(name));
  return { missing, stray: [...stray, ...wrong].sort(), decoded };
}

function asStored({ type, schemaVersion, data }: JsonObject) {
  return {
    id: '00000000-0000-4000-8000-000000000000',
    stream: 'fixture',
    revision: 0,
    position: 0,
    type: String(type),
    data: (data ?? {}) as JsonObject,
    metadata: { schemaVersion },
  };
}
