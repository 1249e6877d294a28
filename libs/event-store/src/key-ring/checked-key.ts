import { crc32 } from 'node:zlib';
import { StoreDamaged } from '../errors.js';

export const KEY_BYTES = 32;

/** A key as it is stored: followed by its checksum, bound to its id. */
export function withChecksum(id: string, key: Buffer): Buffer {
  const stored = Buffer.alloc(KEY_BYTES + 4);
  key.copy(stored);
  stored.writeUInt32BE(crc32(key, crc32(id)), KEY_BYTES);
  return stored;
}

/**
 * The key, or undefined when it was deleted.
 *
 * @param place where it was read, for the error
 * @throws StoreDamaged it is not as it was written
 */
export function withoutChecksum(place: string, id: string, stored: Buffer): Buffer | undefined {
  if (stored.length === KEY_BYTES + 4) {
    if (stored.every((byte) => byte === 0)) return undefined;
    const key = Buffer.from(stored.subarray(0, KEY_BYTES));
    if (stored.readUInt32BE(KEY_BYTES) === crc32(key, crc32(id))) return key;
  }
  throw new StoreDamaged(place, `the checksum of key ${id} does not match`);
}
