import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openFolderUploads } from '#file-store';
import { copyUploads } from './copy-uploads.js';

it('copies the files of imports under way, once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'uploads '));
  const [source, target] = [join(folder, 'a'), join(folder, 'b')].map(openFolderUploads);
  if (!source || !target) throw new Error('Two folders make two.');
  for (const name of ['one.csv', 'two.csv']) {
    const received = await source.receive(Readable.from([Buffer.from(name)]));
    await received.keep(name);
    await received.discard();
  }
  for (let n = 0; n < 2; n += 1) await copyUploads(source, target);
  const found: string[] = [];
  for await (const name of target.names()) {
    found.push(`${name} ${Buffer.concat((await (await target.open(name))?.toArray()) ?? [])}`);
  }
  expect(found.sort()).toEqual(['one.csv one.csv', 'two.csv two.csv']);
  rmSync(folder, { recursive: true });
});
