import { type FieldValue, isEmptyValue, sameValue } from '../record/field.js';
import { entryKey } from './alike.js';
import type { FieldKind } from './mergeable-fields.js';
import { minus, type Parted, partedBy, TEXTS, takeOut } from './parts.js';

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
 * What takes the step from `before` to `after` back on what is there now. A single value that somebody changed since is a conflict. Of
 * a list, and of the texts of a description, only those go that the step added, and those come back that it dropped, whatever else was
 * done to it; a description of which an added text was rewritten since is a conflict.
 */
export function takeBack(
  { before, after, current }: Step,
  type: string | undefined,
  phoneRegion: string,
): TakenBack {
  if (sameValue(before, after) || sameValue(current, before)) return { outcome: 'unchanged' };
  if (sameValue(current, after)) return reverted(before);
  const parted = partedBy(type, before, after, current);
  const [old, made, now] = [before, after, current].map((value) => parted?.of(presence(value)));
  if (!parted || !old || !made || !now) return { outcome: 'conflict' };
  return parted === TEXTS
    ? textsBack(parted, old, made, now)
    : entriesBack(parted, old, made, now, (entry) =>
        entryKey(type as FieldKind | undefined, entry, phoneRegion),
      );
}

function entriesBack(
  parted: Parted,
  old: readonly string[],
  made: readonly string[],
  now: readonly string[],
  key: (entry: string) => string,
): TakenBack {
  // Another spelling is another entry; but what was added goes in whatever spelling it is there now.
  const left = takeOut(now, minus(made, old), key);
  const value = [...left, ...minus(minus(old, made), left)];
  return sameValue(value, now) ? { outcome: 'unchanged' } : reverted(parted.whole(value));
}

/** Only what was joined comes apart: texts that replaced others are one value. */
function textsBack(
  parted: Parted,
  old: readonly string[],
  made: readonly string[],
  now: readonly string[],
): TakenBack {
  const added = minus(made, old);
  const left = minus(now, added);
  const isWhole = minus(old, made).length === 0 && left.length + added.length === now.length;
  return isWhole ? reverted(parted.whole(left)) : { outcome: 'conflict' };
}

function presence(value: FieldValue | undefined): FieldValue | undefined {
  return isEmptyValue(value) ? undefined : value;
}

function reverted(value: FieldValue | undefined): TakenBack {
  return value === undefined || isEmptyValue(value)
    ? { outcome: 'reverted' }
    : { outcome: 'reverted', value };
}
