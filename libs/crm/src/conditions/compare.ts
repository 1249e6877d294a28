import type { Json } from '../kernel/json.js';

/** UTF-16 puts the astral planes before U+E000; this moves them behind, where their code points are. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** The order of texts by code point, which is also that of their UTF-8 bytes. Negative, 0 or positive. */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

function typeRank(value: Json | undefined): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number') return 1;
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 5;
  return Array.isArray(value) ? 4 : 3;
}

/**
 * The order that sorts use, MongoDB's: missing and null, numbers, texts, objects, lists, false, true. Objects, and lists,
 * are equal among themselves here: sort by fields that hold neither.
 */
export function compareValues(a: Json | undefined, b: Json | undefined): number {
  const ranks = typeRank(a) - typeRank(b);
  if (ranks !== 0) return ranks;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Number(a === true) - Number(b === true);
}
