import type { InputReading } from '../../record/values/input-reading.js';

const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The id of a setting, as its administrators make it up: it stands in addresses. */
export function readSlug(reading: InputReading, raw: unknown, path: string): string {
  if (typeof raw === 'string' && SLUG.test(raw)) return raw;
  const message = 'This must be 1 to 64 lower-case letters, digits and hyphens.';
  reading.refuse(path, 'invalid_key', message);
  return '';
}

/** True or false; false when it is left out. */
export function readFlag(reading: InputReading, raw: boolean | undefined, path: string): boolean {
  const flag = raw ?? false;
  const message = 'This must be true or false.';
  reading.refuseUnless(typeof flag === 'boolean', path, 'wrong_type', message);
  return flag;
}

/** A whole number from `min` to `max`. */
export function readWhole(
  reading: InputReading,
  raw: number,
  path: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const fits = Number.isInteger(raw) && raw >= min && raw <= max;
  const message = `This must be a whole number from ${min} to ${max}.`;
  reading.refuseUnless(fits, path, 'out_of_range', message);
  // A negative zero is no other number.
  return fits ? raw + 0 : min;
}

/** A list of `most` entries at most; what is none is refused and stands for an empty one. */
export function readList<Entry>(
  reading: InputReading,
  raw: readonly Entry[],
  path: string,
  most: number,
): readonly Entry[] {
  if (!Array.isArray(raw)) {
    reading.refuse(path, 'wrong_type', 'This must be a list.');
    return [];
  }
  if (raw.length <= most) return raw;
  reading.refuse(path, 'too_many', `At most ${most}.`);
  return [];
}

/** Refuses what stands a second time in a list; empty texts were refused already. */
export function refuseRepeated(
  reading: InputReading,
  names: readonly string[],
  pathOf: (index: number) => string,
  code: string,
  message: string,
): void {
  for (const [index, name] of names.entries()) {
    const first = name === '' || names.indexOf(name) === index;
    reading.refuseUnless(first, pathOf(index), code, message);
  }
}

/** Where something new comes among `length` others; at the end when left out. */
export function readPlace(
  reading: InputReading,
  raw: number | undefined,
  path: string,
  length: number,
): number {
  return readWhole(reading, raw ?? length, path, { min: 0, max: length });
}

/** Refuses members that a thing of this kind has not: a capacity for a person would be left unheeded. */
export function refuseOtherMembers(
  reading: InputReading,
  raw: object,
  known: readonly string[],
  path: string,
): void {
  for (const name of Object.keys(raw)) {
    const message = 'What is of this kind has no such part.';
    reading.refuseUnless(known.includes(name), `${path}.${name}`, 'unknown_field', message);
  }
}
