import { type FieldType, type FieldValue, isEmptyValue, sameValue } from '../record/field.js';
import { entryKey } from './alike.js';

/** A value that a merge replaced, and what it is now. */
export interface Step {
  readonly before: FieldValue | undefined;
  readonly after: FieldValue | undefined;
  readonly current: FieldValue | undefined;
}

/** Taken back to a value (none: empty), nothing to do, or changed by somebody since. */
export type TakenBack =
  | { readonly outcome: 'reverted'; readonly value?: FieldValue }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'conflict' };

/**
 * What takes the step from `before` to `after` back on what is there now. A single value that somebody changed since is a conflict; of
 * a list, only the entries that the step added go, and those that it dropped come back, whatever else was done to it.
 */
export function takeBack(
  { before, after, current }: Step,
  type: string,
  phoneRegion: string,
): TakenBack {
  if (sameValue(current, before)) return { outcome: 'unchanged' };
  if (sameValue(current, after)) return reverted(before);
  const lists = [before, after, current].every((value) => isList(value) || isEmptyValue(value));
  if (!lists) return { outcome: 'conflict' };
  const key = (entry: string) => entryKey(type as FieldType, entry, phoneRegion);
  const [old, made, now] = [entriesOf(before), entriesOf(after), entriesOf(current)];
  const added = without(made, old, key);
  const dropped = without(old, made, key);
  const value = [...without(now, added, key), ...without(dropped, now, key)];
  return sameValue(value, now) ? { outcome: 'unchanged' } : reverted(value);
}

function reverted(value: FieldValue | undefined): TakenBack {
  return value === undefined || isEmptyValue(value)
    ? { outcome: 'reverted' }
    : { outcome: 'reverted', value };
}

function isList(value: FieldValue | undefined): value is readonly string[] {
  return Array.isArray(value);
}

function entriesOf(value: FieldValue | undefined): readonly string[] {
  return isList(value) ? value : [];
}

function without(
  entries: readonly string[],
  gone: readonly string[],
  key: (entry: string) => string,
): readonly string[] {
  const keys = new Set(gone.map(key));
  return entries.filter((entry) => !keys.has(key(entry)));
}
