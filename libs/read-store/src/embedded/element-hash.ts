import { crc32 } from 'node:zlib';
import type { Scalar } from '../filter/condition.js';

/**
 * An element of the multi field with this place among the layout's, as a number of 53 bits. Two elements may share one; the
 * document then tells them apart.
 */
export function elementHash(multi: number, value: Scalar): number {
  const text = `${multi} ${typeof value} ${value}`;
  const low = crc32(text);
  const high = crc32(text, 0x9e3779b9) >>> 11;
  return high * 2 ** 32 + low;
}
