import { crc32 } from 'node:zlib';
import type { JsonObject } from '#crm';
import { StoreDamaged } from '../errors.js';
import type { StoredEvent } from '../event-store.port.js';

/** A row of the events table, in the order of `COLUMNS`. */
export type EventRow = [
  position: number,
  stream: string,
  revision: number,
  type: string,
  id: string,
  data: string,
  metadata: string,
  checksum: number,
];

export const COLUMNS = 'position, stream, revision, type, id, data, metadata, checksum';

/** CRC-32 over everything that an event is. SQLite itself has no checksum of its pages. */
export function checksumOf(
  position: number,
  stream: string,
  revision: number,
  type: string,
  id: string,
  data: string,
  metadata: string,
): number {
  return crc32(`${position} ${stream} ${revision} ${type} ${id} ${data} ${metadata}`);
}

/** @throws StoreDamaged the row is not as it was written */
export function checkRow(file: string, row: EventRow): void {
  const [position, stream, revision, type, id, data, metadata, checksum] = row;
  if (checksumOf(position, stream, revision, type, id, data, metadata) === checksum) return;
  throw new StoreDamaged(file, `the checksum of event ${position} does not match`, position);
}

/** @throws StoreDamaged the row is not as it was written */
export function toStoredEvent(file: string, row: EventRow): StoredEvent {
  checkRow(file, row);
  const [position, stream, revision, type, id, data, metadata] = row;
  return {
    id,
    type,
    stream,
    revision,
    position,
    data: JSON.parse(data) as JsonObject,
    metadata: JSON.parse(metadata) as JsonObject,
  };
}
