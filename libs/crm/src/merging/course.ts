import { type Change, change } from '../record/change.js';
import { type FieldValue, isEmptyValue, sameValue } from '../record/field.js';
import { entryKey } from './alike.js';
import type { FieldKind } from './mergeable-fields.js';
import { minus, type Parted, partedBy, TEXTS, takeOut } from './parts.js';

/** A field's way through the merges into a record: as it was with a merge that is undone, and as it would have been without. */
export interface Course {
  readonly field: string;
  readonly type: FieldKind | undefined;
  readonly withIt: FieldValue | undefined;
  readonly without: FieldValue | undefined;
}

/** How values of one field are taken apart, compared and changed. */
export interface Algebra {
  /** Set for values whose parts come and go by themselves. */
  readonly parted: Parted | undefined;
  readonly isSame: (left: FieldValue | undefined, right: FieldValue | undefined) => boolean;
  /** The value once the change is made on it, which may have been made on another one. */
  readonly apply: (
    value: FieldValue | undefined,
    made: Change | undefined,
  ) => FieldValue | undefined;
  /** The change between two values: of those with parts, what went and what came. */
  readonly between: (
    field: string,
    from: FieldValue | undefined,
    to: FieldValue | undefined,
  ) => Change;
  /** The value as it would be without the changes, the first made first; undefined when that cannot be told any more. */
  readonly before: (
    value: FieldValue | undefined,
    made: readonly Change[],
  ) => { readonly value?: FieldValue } | undefined;
}

/** The algebra of a field for these values: by parts where all of them can be taken apart, else as wholes. */
export function algebraOf(
  type: FieldKind | undefined,
  phoneRegion: string,
  ...values: readonly (FieldValue | undefined)[]
): Algebra {
  const parted = partedBy(type, ...values);
  if (!parted) {
    return {
      parted,
      isSame: sameValue,
      apply: (value, made) => (made ? made.to : value),
      between: change,
      before: () => undefined,
    };
  }
  const key = (part: string) => (parted === TEXTS ? part : entryKey(type, part, phoneRegion));
  const of = (value: FieldValue | undefined) => (isEmptyValue(value) ? [] : parted.of(value)) ?? [];
  const less = (left: readonly string[], right: readonly string[]) => takeOut(left, right, key);
  // Another spelling is another part, but takes the place of the one that is there.
  const came = ({ from, to }: Change) => minus(of(to), of(from));
  const went = ({ from, to }: Change) => minus(of(from), of(to));
  return {
    parted,
    isSame: (left, right) =>
      minus(of(left), of(right)).length + minus(of(right), of(left)).length === 0,
    apply(value, made) {
      if (!made) return value;
      if (sameValue(value, made.from)) return made.to;
      const left = less(of(value), went(made));
      const added = parted === TEXTS ? came(made) : minus(came(made), left);
      return parted.whole([...left, ...added]);
    },
    between: (field, from, to) =>
      change(field, parted.whole(minus(of(from), of(to))), parted.whole(minus(of(to), of(from)))),
    before(value, made) {
      let parts = of(value);
      for (const one of made.toReversed()) {
        // As the change left it: in the very order in which it was before.
        if (sameValue(parts, of(one.to))) {
          parts = of(one.from);
          continue;
        }
        const left = less(parts, came(one));
        // Entries that somebody took away are gone; a text that is gone may have been rewritten.
        if (parted === TEXTS && left.length + came(one).length !== parts.length) return undefined;
        parts = [...minus(went(one), left), ...left];
      }
      const whole = parted.whole(parts);
      return whole === undefined ? {} : { value: whole };
    },
  };
}
