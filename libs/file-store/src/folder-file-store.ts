import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, opendir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '#platform';
import type { FileStore } from './file-store.port.js';
import { isSha256, sha256Of } from './sha256.js';
import { verified } from './verified.js';

/** A file store in a folder: `ab/cd/<hash>`, written beside and moved into place once it is on disk. */
export function openFolderFileStore(folder: string): FileStore {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return {
    async put(content) {
      const sha256 = sha256Of(content);
      const path = pathOf(sha256);
      if (!(await exists(path))) await writeDurably(path, content);
      return { sha256, size: content.byteLength };
    },
    async get(sha256) {
      if (!isSha256(sha256) || !(await exists(pathOf(sha256)))) return undefined;
      return verified(createReadStream(pathOf(sha256)), sha256);
    },
    async *all() {
      if (!(await exists(folder))) return;
      for await (const entry of await opendir(folder, { recursive: true })) {
        // What is being written has another name until it is whole.
        if (entry.isFile() && isSha256(entry.name)) yield entry.name;
      }
    },
  };
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const beside = `${path}.${randomUUID()}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  // The name is durable once its folder is, and the folder's name once its parents are.
  for (const named of [folder, dirname(folder), dirname(dirname(folder))]) await syncFolder(named);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
