import { type FieldValue, isEmptyValue, sameValue } from '../record/field.js';
import { entryKey } from './alike.js';
import type { MergeableField } from './mergeable-fields.js';
import { BETWEEN } from './parts.js';

/** Whether a text is there as a whole among texts that were joined. */
export function livesAmong(text: string, joined: string): boolean {
  return `${BETWEEN}${joined}${BETWEEN}`.includes(`${BETWEEN}${text}${BETWEEN}`);
}

/**
 * What of a value is not in what a field came to; undefined when all of it is: as it is, as one of the texts, or as entries that are
 * the same but for how they are written.
 */
export function missingFrom(
  result: FieldValue | undefined,
  value: FieldValue,
  { type, rule }: MergeableField,
  phoneRegion: string,
): FieldValue | undefined {
  if (isEmptyValue(value) || sameValue(value, result)) return undefined;
  if (Array.isArray(value)) {
    const key = (entry: string) => entryKey(type, entry, phoneRegion);
    const kept = new Set(Array.isArray(result) ? result.map(key) : []);
    const missing = value.filter((entry) => !kept.has(key(entry)));
    return missing.length === 0 ? undefined : missing;
  }
  if (rule === 'joined' && typeof result === 'string') {
    return livesAmong(String(value), result) ? undefined : value;
  }
  return value;
}
