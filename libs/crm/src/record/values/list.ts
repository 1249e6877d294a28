import type { FieldError } from '../../kernel/refusal.js';
import { accepted, type Reader, rejected, wrongType } from './reading.js';

/**
 * A reader of lists: each entry as `readEntry` says, empty ones left out, repetitions too, in the order given. An empty
 * list empties the field.
 */
export function listReader(readEntry: Reader<string>, max: number): Reader<readonly string[]> {
  return (raw, path) => {
    if (!Array.isArray(raw)) return wrongType(path, 'a list');
    if (raw.length > max) return rejected(path, 'too_many', `At most ${max} entries.`);
    const errors: FieldError[] = [];
    const values = new Set<string>();
    for (const [index, entry] of raw.entries()) {
      const read = readEntry(entry, `${path}.${index}`);
      if (read.errors) errors.push(...read.errors);
      else if (read.value !== null) values.add(read.value);
    }
    if (errors.length > 0) return { errors };
    return accepted(values.size === 0 ? null : [...values]);
  };
}
