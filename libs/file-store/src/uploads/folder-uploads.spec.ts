import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderUploads } from './open-folder-uploads.js';
import { describeUploads } from './uploads.contract.js';

function temporary() {
  const folder = mkdtempSync(join(tmpdir(), 'uploads '));
  return { folder, cleanup: async () => rmSync(folder, { recursive: true }) };
}

describeUploads('a folder', async () => {
  const { folder, cleanup } = temporary();
  return { uploads: openFolderUploads(join(folder, 'uploads')), cleanup };
});

describe('A folder of uploads', () => {
  it('is readable by its owner only, and empty when all is removed', async () => {
    const { folder, cleanup } = temporary();
    const own = join(folder, 'uploads');
    const uploads = openFolderUploads(own);
    const received = await uploads.receive([Buffer.from('họ tên')] as never);
    await received.keep('one');
    await received.discard();
    for (const path of [own, join(own, 'one')]) expect(statSync(path).mode & 0o077).toBe(0);
    await uploads.remove('one');
    expect(readdirSync(own)).toEqual([]);
    await cleanup();
  });
});
