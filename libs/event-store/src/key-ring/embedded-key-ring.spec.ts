import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreDamaged, StoreUnavailable } from '../errors.js';
import { openEmbeddedKeyRing } from './embedded-key-ring.js';
import { describeKeyRing } from './key-ring.contract.js';

describeKeyRing('embedded', async (options = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'keys '));
  const open = (options: { readonly secret?: Buffer } = {}) =>
    openEmbeddedKeyRing({ folder, ...options });
  return {
    ring: await open(options),
    reopen: open,
    cleanup: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describe('The embedded key ring', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys '));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = () => join(folder, 'keys.db');
  const ids = (keys: readonly { id: string }[]) => keys.map(({ id }) => id);

  it('is readable by its owner only', async () => {
    const ring = await openEmbeddedKeyRing({ folder });
    await ring.allocate(1);
    for (const name of readdirSync(folder)) {
      expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
    }
    await ring.close();
  });

  it('leaves no trace of deleted keys in any file', async () => {
    const ring = await openEmbeddedKeyRing({ folder });
    const keys = [...(await ring.allocate(1_000)), ...(await ring.allocate(1_000))];
    const deleted = keys.filter((_, n) => n % 3 === 0);
    const onDisk = () =>
      Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    expect(deleted.every(({ key }) => onDisk().includes(key))).toBe(true);
    await ring.delete(ids(deleted));
    const bytes = onDisk();
    expect(deleted.filter(({ key }) => bytes.includes(key))).toEqual([]);
    expect((await ring.load(ids(keys))).size).toBe(keys.length - deleted.length);
    await ring.close();
  });

  it('can be read beside the process that writes, and only read', async () => {
    const ring = await openEmbeddedKeyRing({ folder });
    const reader = await openEmbeddedKeyRing({ folder, readOnly: true });
    const keys = await ring.allocate(2);
    expect((await reader.load(ids(keys))).size).toBe(2);
    await expect(reader.allocate(1)).rejects.toThrow(StoreUnavailable);
    await expect(reader.delete(ids(keys))).rejects.toThrow(StoreUnavailable);
    await reader.close();
    await ring.close();
  });

  it('is not made anew beside a log that was written', async () => {
    const ring = await openEmbeddedKeyRing({ folder });
    await ring.allocate(1);
    await ring.close();
    rmSync(file());
    await expect(openEmbeddedKeyRing({ folder })).rejects.toThrow(StoreDamaged);
  });

  it.each<[string, (bytes: Buffer) => void]>([
    ['no database', (bytes) => bytes.fill(7, 0, 100)],
    ['too short', (bytes) => truncateSync(file(), bytes.length - 4_096)],
  ])('reports a file that is %s, and leaves it as it is', async (_, damage) => {
    const ring = await openEmbeddedKeyRing({ folder });
    await ring.allocate(500);
    await ring.close();
    const bytes = readFileSync(file());
    damage(bytes);
    if (statSync(file()).size === bytes.length) writeFileSync(file(), bytes);
    const damaged = readFileSync(file());
    await expect(openEmbeddedKeyRing({ folder })).rejects.toThrow(StoreDamaged);
    expect(readFileSync(file()).equals(damaged)).toBe(true);
  });

  it('reports a key that is not as it was written', async () => {
    const ring = await openEmbeddedKeyRing({ folder });
    const [key] = await ring.allocate(1);
    await ring.close();
    const bytes = readFileSync(file());
    const at = bytes.indexOf(key?.key as Buffer);
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(file(), bytes);
    const again = await openEmbeddedKeyRing({ folder });
    await expect(again.load([key?.id as string])).rejects.toThrow(StoreDamaged);
    await again.close();
  });
});
