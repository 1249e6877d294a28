import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { syncFolder } from '#platform';
import { checkUploadName } from './upload-name.js';
import type { Uploads } from './uploads.port.js';

const PART = '.part';

/** Uploads in a folder, made when it is first needed, for its owner only: `<name>`, written beside and linked into place once on disk. */
export function openFolderUploads(folder: string): Uploads {
  const pathOf = (name: string) => join(folder, checkUploadName(name));

  async function write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of content) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async function entries(): Promise<readonly string[]> {
    return readdir(folder).catch(() => []);
  }

  return {
    async receive(content) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${randomUUID()}${PART}`);
      const discard = () => rm(path, { force: true });
      try {
        await write(path, content);
      } catch (error) {
        await discard();
        throw error;
      }
      return {
        open: async () => createReadStream(path),
        async keep(name) {
          // A link does not take the place of what is there.
          await link(path, pathOf(name)).catch(unlessThere);
          await syncFolder(folder);
        },
        discard,
      };
    },
    open: async (name) => opened(await open(pathOf(name)).catch(unlessMissing)),
    remove: (name) => rm(pathOf(name), { force: true }),
    async *names() {
      for (const name of await entries()) if (!name.endsWith(PART)) yield name;
    },
    async clear(isUsed, olderThanMs) {
      const before = Date.now() - olderThanMs;
      for (const name of await entries()) {
        if (!name.endsWith(PART) && isUsed(name)) continue;
        const found = await stat(join(folder, name)).catch(unlessMissing);
        if (found && found.mtimeMs <= before) await rm(join(folder, name), { force: true });
      }
    },
  };
}

function opened(file: FileHandle | undefined): Readable | undefined {
  return file?.createReadStream();
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
