import { deriveId, type Uuid } from '../kernel/ids.js';
import type { Json, JsonObject } from '../kernel/json.js';
import type { RecordType } from '../record/record-type.js';
import type { BoundTarget } from './bind-columns.js';
import { isColumn } from './import-mapping.js';
import type { RowRequest } from './read-row.js';

/** Names rows among name-based ids. For ever: another namespace would capture every imported row again. */
const ROWS = '3f1f6f3e-1f0b-5a53-8a4e-55c5a9b6a0d7';

/** A name for what a row asks for: equal for rows that ask for the same. */
export function contentOf({ command, occurredAt }: RowRequest): Uuid {
  const { fields, custom, tags, ownerId, teamId, pipelineId, stageId } = command;
  const asked: JsonObject = {
    ...{ fields, custom, tags, ownerId, teamId, pipelineId, stageId, occurredAt },
  };
  return deriveId(ROWS, JSON.stringify(ordered(asked)));
}

function ordered(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => ordered(entry) ?? null);
  const members = Object.entries(value as JsonObject).filter(([, member]) => member !== undefined);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, ordered(member)]));
}

/** The value of the key's column in a row, without spaces around it; empty when the row has none. */
export function keyOf(key: BoundTarget | undefined, cells: readonly string[]): string {
  if (!key || !isColumn(key.source)) return '';
  return (cells[key.index ?? -1] ?? '').normalize('NFC').trim();
}

/**
 * The command of a row: the same whenever the same importer imports it again. It is named by the key's value, else by
 * the row's content and how many rows before it have the same.
 */
export function rowCommandId(
  importer: Uuid,
  type: RecordType,
  row: { readonly key: string } | { readonly content: Uuid; readonly ordinal: number },
): Uuid {
  const name = 'key' in row ? `key:${row.key}` : `row:${row.content}#${row.ordinal}`;
  return deriveId(ROWS, `${importer}:${type}:${name}`);
}
