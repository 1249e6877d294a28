import { existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { StoreDamaged } from '../errors.js';
import { inspectWal } from './wal-check.js';

const MAGIC = 'SQLite format 3\0';
const HEADER = 100;
/** `user_version` of the tables as they are. */
const FORMAT = 1;

/**
 * Checks what SQLite would pass over in silence: the header, that every page it counts is there, and the WAL.
 * Reads only.
 *
 * @param applicationId the kind of file that it must be
 * @param markerKnown whether a head marker will tell a lost commit from one that never was
 * @param keepOpen takes the descriptor: closing it would drop the locks that SQLite holds on the file in this process
 * @throws StoreDamaged
 */
export function checkFiles(
  file: string,
  applicationId: number,
  markerKnown: boolean,
  keepOpen: (descriptor: number) => void,
): void {
  const damaged = (why: string) => new StoreDamaged(file, why);
  const descriptor = openSync(file, 'r');
  keepOpen(descriptor);
  const header = Buffer.alloc(HEADER);
  const size = fstatSync(descriptor).size;
  if (readSync(descriptor, header, 0, HEADER, 0) < HEADER) throw damaged('it has no header');
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged('it is not a database');
  if (header.readUInt32BE(68) !== applicationId) throw damaged('it is of another kind');
  const format = header.readUInt32BE(60);
  if (format !== FORMAT) {
    throw damaged(`it is of format ${format}, and this version of the product reads ${FORMAT}`);
  }
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0)
    throw damaged('its page size is not one');

  const walFile = `${file}-wal`;
  const wal = inspectWal(existsSync(walFile) ? readFileSync(walFile) : Buffer.alloc(0), pageSize);
  if (wal.damage !== undefined) throw new StoreDamaged(walFile, wal.damage);
  if (wal.tornCommit && !markerKnown) {
    throw new StoreDamaged(walFile, 'its last commit is broken');
  }
  // A crash during a checkpoint leaves pages that only the WAL holds, so those need not be in the file.
  const pageCount = wal.pageCount || header.readUInt32BE(28);
  for (let page = Math.floor(size / pageSize) + 1; page <= pageCount; page += 1) {
    if (!wal.pages.has(page)) throw damaged(`it ends before page ${page} of ${pageCount}`);
  }
}
