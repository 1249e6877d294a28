const BASE = 128;

/** Adds a whole number from 0 on to bytes: seven bits in each, the low ones first, the last byte below 128. */
export function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= BASE; rest = Math.floor(rest / BASE)) bytes.push((rest % BASE) + BASE);
  bytes.push(rest);
}

/** The number that starts at a place, and where it ends; undefined when there is none that is whole and safe. */
export function readNumber(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  let weight = 1;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte % BASE) * weight;
    if (!Number.isSafeInteger(value)) return undefined;
    if (byte < BASE) return { value, end: at + 1 };
    weight *= BASE;
  }
  return undefined;
}
