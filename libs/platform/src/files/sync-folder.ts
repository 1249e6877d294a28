import { open } from 'node:fs/promises';

/**
 * Brings a folder's names to the disk: a file that was made, renamed or deleted in it is so for good once the folder is synced too.
 * @throws what the file system throws
 */
export async function syncFolder(folder: string): Promise<void> {
  // Windows does not open folders.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
