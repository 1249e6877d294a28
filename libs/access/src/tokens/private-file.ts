import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isError, syncFolder } from '#platform';

/** A file that must be kept from others cannot be used as it is. */
export class PrivateFileError extends Error {
  constructor(
    readonly file: string,
    readonly why: string,
  ) {
    super(`The file ${file} ${why}.`);
    this.name = 'PrivateFileError';
  }
}

/**
 * Reads a file that only its owner may read; `undefined` when there is none.
 * @throws PrivateFileError others may read it too
 */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new PrivateFileError(file, 'can be read by others; run chmod 600 on it');
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Writes a file that only its owner may read (0600): whole and on disk, or not at all.
 * @param when `absent` leaves a file that is there as it is
 * @returns whether it was written
 */
export async function writePrivateFile(
  file: string,
  text: string,
  when: 'always' | 'absent',
): Promise<boolean> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeDurably(draft, text);
    if (when === 'always') await rename(draft, file);
    // Unlike a rename, a link fails when the name is taken: of two that start at once, one wins.
    else await link(draft, file);
    await syncFolder(folder);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return isError(error) && 'code' in error && error.code === code;
}
