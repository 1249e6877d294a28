import { readdirSync, readFileSync } from 'node:fs';
import type { EventDefinition } from '../src/kernel/event-definition.js';
import type { JsonObject } from '../src/kernel/json.js';

/** An event as some version wrote it. */
export interface EventFixture {
  readonly file: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
}

const FOLDER = new URL('../fixtures/', import.meta.url);

/** Every fixture: one file per event type and version, `<Type>.v<version>.json`. */
export function eventFixtures(): readonly EventFixture[] {
  return readdirSync(FOLDER).map((file) => ({
    file,
    ...JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')),
  }));
}

/** The data as it reads once its key was deleted: without all that is personal. */
export function erased(data: JsonObject, { personal }: EventDefinition): JsonObject {
  const copy = structuredClone(data);
  for (const path of personal.paths) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce<unknown>((value, key) => member(value, key), copy);
    if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, last);
  }
  for (const change of changesOf(copy)) {
    const field = String(member(change, 'field'));
    if (personal.changedFields.some((name) => field === name || field.startsWith(`${name}.`))) {
      Reflect.deleteProperty(change, 'from');
      Reflect.deleteProperty(change, 'to');
    }
  }
  return copy;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function changesOf(data: JsonObject): readonly object[] {
  return Array.isArray(data.changes) ? data.changes : [];
}
