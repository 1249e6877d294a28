import type { FieldError } from '../kernel/refusal.js';
import { textReader } from './values/text.js';

/** Longest tag and largest number of tags given at once. */
export const TAG_LIMITS = { length: 64, count: 100 } as const;

const readTag = textReader({ max: TAG_LIMITS.length });

/** Tags without repetition, trimmed and in NFC. `path` is where they stand in the body. */
export function readTags(
  raw: readonly string[],
  path = 'tags',
): { readonly values: readonly string[]; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  if (raw.length > TAG_LIMITS.count) {
    errors.push({ path, code: 'too_many', message: `At most ${TAG_LIMITS.count} tags at once.` });
  }
  const values = raw.flatMap((entry, index) => {
    const tag = readTag(entry, `${path}.${index}`).value;
    if (tag) return [tag];
    errors.push({
      path: `${path}.${index}`,
      code: 'invalid_tag',
      message: `A tag has 1 to ${TAG_LIMITS.length} characters on one line.`,
    });
    return [];
  });
  return { values: [...new Set(values)], errors };
}
