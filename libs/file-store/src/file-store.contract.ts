import { createHash } from 'node:crypto';
import type { FileStore } from './file-store.port.js';

export interface OpenedFileStore {
  readonly store: FileStore;
  cleanup(): Promise<void>;
}

async function contentOf(store: FileStore, sha256: string): Promise<Buffer | undefined> {
  const stream = await store.get(sha256);
  return stream ? Buffer.concat(await stream.toArray()) : undefined;
}

/** What every file store promises. */
export function describeFileStore(name: string, open: () => Promise<OpenedFileStore>): void {
  describe(`${name} as a file store`, () => {
    let opened: OpenedFileStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.cleanup());

    it('gives back what was put, under its hash', async () => {
      const content = Buffer.from('Báo giá camera', 'utf8');
      const stored = await opened.store.put(content);
      expect(stored.sha256).toBe(createHash('sha256').update(content).digest('hex'));
      expect(stored.size).toBe(content.byteLength);
      expect(await contentOf(opened.store, stored.sha256)).toEqual(content);
    });

    it('keeps an empty content and one of several megabytes', async () => {
      for (const content of [Buffer.alloc(0), Buffer.alloc(5_000_000, 7)]) {
        const { sha256 } = await opened.store.put(content);
        expect((await contentOf(opened.store, sha256))?.equals(content)).toBe(true);
      }
    });

    it('takes the same content many times at once', async () => {
      const content = Buffer.from('hợp đồng');
      const all = await Promise.all(Array.from({ length: 32 }, () => opened.store.put(content)));
      expect(new Set(all.map(({ sha256 }) => sha256)).size).toBe(1);
      expect(await contentOf(opened.store, all[0]?.sha256 ?? '')).toEqual(content);
    });

    it('gives the hashes of all, each once', async () => {
      const hashes: string[] = [];
      for await (const sha256 of opened.store.all()) hashes.push(sha256);
      expect(hashes).toEqual([]);
      const contents = Array.from({ length: 5 }, (_, n) => Buffer.from(`báo giá ${n % 4}`));
      const stored = await Promise.all(contents.map((content) => opened.store.put(content)));
      for await (const sha256 of opened.store.all()) hashes.push(sha256);
      expect(hashes.sort()).toEqual([...new Set(stored.map(({ sha256 }) => sha256))].sort());
    });

    it('knows nothing of what was never put', async () => {
      expect(await opened.store.get('0'.repeat(64))).toBeUndefined();
      expect(await opened.store.get('../../etc/passwd')).toBeUndefined();
    });
  });
}
