import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFileStore } from './file-store.contract.js';
import { FileDamaged } from './file-store.port.js';
import { openFolderFileStore } from './folder-file-store.js';

async function temporary() {
  const folder = await mkdtemp(join(tmpdir(), 'files of leadledger '));
  return { folder, cleanup: () => rm(folder, { recursive: true }) };
}

describeFileStore('A folder', async () => {
  const { folder, cleanup } = await temporary();
  return { store: openFolderFileStore(folder), cleanup };
});

describe('A folder of files', () => {
  it('notices a content that was altered on disk', async () => {
    const { folder, cleanup } = await temporary();
    const store = openFolderFileStore(folder);
    const { sha256 } = await store.put(Buffer.from('as signed'));
    const path = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    await writeFile(path, 'as altered');
    const stream = await store.get(sha256);
    await expect(stream?.toArray()).rejects.toThrow(FileDamaged);
    await cleanup();
  });

  it('leaves nothing beside the content when the same is put at once', async () => {
    const { folder, cleanup } = await temporary();
    const store = openFolderFileStore(folder);
    await Promise.all(Array.from({ length: 8 }, () => store.put(Buffer.from('one'))));
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toHaveLength(1);
    await cleanup();
  });
});
