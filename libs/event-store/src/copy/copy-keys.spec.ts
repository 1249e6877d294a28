import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedKeyRing } from '../key-ring/embedded-key-ring.js';
import { copyKeys, sameKeys } from './copy-keys.js';

describe('A copy of a key ring', () => {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'keys ')));
  const [from = '', to = ''] = folders;
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('has the same keys and the same secret, and lets nobody come back who was erased since', async () => {
    const source = await openEmbeddedKeyRing({ folder: from });
    const keys = await source.allocate(1_200);
    const secret = await source.hashSecret();
    const target = await openEmbeddedKeyRing({ folder: to, secret });
    expect(await sameKeys(source, target)).toBe(false);
    expect(await copyKeys(source, target)).toBe(1_200);
    expect(await sameKeys(source, target)).toBe(true);
    const erased = keys.slice(3, 5).map(({ id }) => id);
    await source.delete(erased);
    expect(await sameKeys(source, target)).toBe(false);
    expect(await copyKeys(source, target)).toBe(1_198);
    expect((await target.load(erased)).size).toBe(0);
    expect(await sameKeys(source, target)).toBe(true);
    await source.close();
    await target.close();
  });
});
