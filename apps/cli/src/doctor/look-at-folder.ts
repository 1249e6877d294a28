import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import type { Finding } from './finding.js';

const MIB = 1_048_576;
/** Free space that a busy day takes, and that a checkpoint of SQLite's may. */
const SCARCE_MIB = 1_024;
const TOO_LITTLE_MIB = 128;

/** @param needed whether the product keeps its stores there */
export async function lookAtFolder(folder: string, needed: boolean): Promise<Finding> {
  const part = 'data folder';
  const found = await stat(folder).catch(() => undefined);
  if (!found) return { part, status: 'note', detail: `${folder} is not there; a start makes it.` };
  if (!found.isDirectory()) return { part, status: 'wrong', detail: `${folder} is no folder.` };
  const writable = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable) return { part, status: 'wrong', detail: `${folder} cannot be written.` };
  const { bavail, bsize } = await statfs(folder);
  const mib = Math.floor((bavail * bsize) / MIB);
  const mode = (found.mode & 0o777).toString(8);
  const told = `${folder}, mode ${mode}, ${mib.toLocaleString('en-US')} MiB free`;
  if (needed && mib < TOO_LITTLE_MIB) {
    return { part, status: 'wrong', detail: `${told}: that is too little.` };
  }
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    return { part, status: 'wrong', detail: `${told}: others may look into it; chmod 700 it.` };
  }
  const scarce = needed && mib < SCARCE_MIB;
  return { part, status: scarce ? 'note' : 'ok', detail: `${told}.` };
}
