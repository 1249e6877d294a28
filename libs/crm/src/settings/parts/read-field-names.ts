import type { InputReading } from '../../record/values/input-reading.js';

/** Names of fields, each once. */
export function readFieldNames(
  reading: InputReading,
  raw: readonly string[],
  path: string,
  isField: (name: string) => boolean,
): readonly string[] {
  if (!Array.isArray(raw)) {
    reading.refuse(path, 'wrong_type', 'This must be a list.');
    return [];
  }
  for (const [index, name] of raw.entries()) {
    const known = typeof name === 'string' && isField(name);
    reading.refuseUnless(known, `${path}.${index}`, 'unknown_field', 'There is no such field.');
  }
  return [...new Set(raw)];
}
