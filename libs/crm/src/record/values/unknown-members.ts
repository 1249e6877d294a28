import type { FieldError } from '../../kernel/refusal.js';

/** An error for each member of an object that is not among `known`. */
export function unknownMembers(
  object: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: string,
): readonly FieldError[] {
  return Object.keys(object)
    .filter((name) => !known.includes(name))
    .map((name) => unknownField(`${path}.${name}`));
}

/** The path comes from the caller; one that is longer than any name of ours is cut. */
export function unknownField(path: string): FieldError {
  return { path: path.slice(0, 200), code: 'unknown_field', message: 'There is no such field.' };
}
