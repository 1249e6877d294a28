import { crc32 } from 'node:zlib';

/**
 * An element of the multi field with this place among the layout's, from its JSON text, as a number of 53 bits. Two elements
 * may share one; the document then tells them apart.
 */
export function elementHash(multi: number, json: string): number {
  const text = `${multi} ${json}`;
  const low = crc32(text);
  const high = crc32(text, 0x9e3779b9) >>> 11;
  return high * 2 ** 32 + low;
}
