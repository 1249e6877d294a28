import type { FieldValue } from '../record/field.js';

/** Between the texts of a description that are joined. */
export const BETWEEN = '\n\n';

/** A value whose parts come and go by themselves: a list, or a description of many texts. */
export interface Parted {
  /** Undefined for a value that has no parts. */
  readonly of: (value: FieldValue | undefined) => readonly string[] | undefined;
  readonly whole: (parts: readonly string[]) => FieldValue | undefined;
}

const LIST: Parted = {
  of: (value) => (value === undefined ? [] : Array.isArray(value) ? value : undefined),
  whole: (parts) => (parts.length === 0 ? undefined : parts),
};

export const TEXTS: Parted = {
  of: (value) =>
    value === undefined ? [] : typeof value === 'string' ? value.split(BETWEEN) : undefined,
  whole: (parts) => (parts.length === 0 ? undefined : parts.join(BETWEEN)),
};

const LISTS: ReadonlySet<string> = new Set(['texts', 'emails', 'phones', 'multi-select']);

/** How values of a field come apart; `type` is that of a default or a custom field. */
export function partedBy(
  type: string | undefined,
  ...values: readonly (FieldValue | undefined)[]
): Parted | undefined {
  if (type === 'longText') return TEXTS;
  return LISTS.has(type ?? '') || values.some(Array.isArray) ? LIST : undefined;
}

/** Without as many of each part as are gone, the last ones first, since merging adds at the end. */
export function minus(
  parts: readonly string[],
  gone: readonly string[],
  keyOf: (part: string) => string = (part) => part,
): readonly string[] {
  const left = new Map<string, number>();
  for (const part of gone) left.set(keyOf(part), (left.get(keyOf(part)) ?? 0) + 1);
  return parts
    .toReversed()
    .filter((part) => {
      const count = left.get(keyOf(part)) ?? 0;
      if (count > 0) left.set(keyOf(part), count - 1);
      return count === 0;
    })
    .toReversed();
}

/** Without the parts that are gone, in whatever spelling they are there. */
export function takeOut(
  parts: readonly string[],
  gone: readonly string[],
  keyOf: (part: string) => string,
): readonly string[] {
  const left = minus(parts, gone);
  return minus(left, minus(gone, minus(parts, left)), keyOf);
}
