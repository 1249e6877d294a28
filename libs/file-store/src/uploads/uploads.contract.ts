import type { Uploads } from './uploads.port.js';

export interface OpenedUploads {
  readonly uploads: Uploads;
  cleanup(): Promise<void>;
}

/** Older than nothing: stores tell ages by the second. */
const EVERYTHING_MS = -2_000;
const LARGE = Buffer.alloc(3_000_000, 'họ tên,điện thoại\n');

async function* chunksOf(content: Buffer, size = 65_536) {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** What every adapter of the uploads port promises. */
export function describeUploads(name: string, open: () => Promise<OpenedUploads>): void {
  describe(`Uploads, ${name}`, () => {
    let opened: OpenedUploads;
    let uploads: Uploads;
    beforeEach(async () => {
      opened = await open();
      uploads = opened.uploads;
    });
    afterEach(() => opened.cleanup());

    const contentOf = async (wanted: string) => {
      const content = await uploads.open(wanted);
      return content && Buffer.concat(await content.toArray());
    };
    const kept = async (as: string, content: Buffer) => {
      const received = await uploads.receive(chunksOf(content));
      await received.keep(as);
      await received.discard();
    };
    const names = async () => {
      const all: string[] = [];
      for await (const one of uploads.names()) all.push(one);
      return all.sort();
    };

    it('give back what they keep, and what has arrived and is not kept', async () => {
      const received = await uploads.receive(chunksOf(LARGE));
      expect(Buffer.concat(await (await received.open()).toArray()).equals(LARGE)).toBe(true);
      expect(await names()).toEqual([]);
      await received.keep('one.csv');
      await received.discard();
      expect((await contentOf('one.csv'))?.equals(LARGE)).toBe(true);
      expect(await names()).toEqual(['one.csv']);
    });

    it('leave a name with whoever had it first, however many come at once', async () => {
      const contents = Array.from({ length: 8 }, (_, n) => Buffer.from(`file ${n}`));
      await Promise.all(contents.map((content) => kept('same', content)));
      const first = await contentOf('same');
      expect(contents.some((content) => first?.equals(content))).toBe(true);
      await kept('same', Buffer.from('later'));
      expect((await contentOf('same'))?.equals(first as Buffer)).toBe(true);
      expect(await names()).toEqual(['same']);
    });

    it('keep nothing of what breaks off, and tell why', async () => {
      async function* broken() {
        yield LARGE;
        throw new Error('The connection broke.');
      }
      await expect(uploads.receive(broken())).rejects.toThrow('The connection broke.');
      expect(await names()).toEqual([]);
    });

    it('know nothing of what was removed or never kept', async () => {
      await kept('gone', Buffer.from('x'));
      await uploads.remove('gone');
      await uploads.remove('gone');
      expect(await contentOf('gone')).toBeUndefined();
      expect(await contentOf('never')).toBeUndefined();
      await expect(uploads.open('../events.db')).rejects.toThrow(RangeError);
    });

    it('can be read in part', async () => {
      await kept('long', LARGE);
      const content = await uploads.open('long');
      for await (const part of content ?? []) {
        expect(Buffer.isBuffer(part)).toBe(true);
        break;
      }
      expect(content?.destroyed).toBe(true);
    });

    it('throw away what nobody uses and is old enough', async () => {
      for (const one of ['used', 'unused']) await kept(one, Buffer.from(one));
      const arriving = await uploads.receive(chunksOf(LARGE));
      await uploads.clear((one) => one === 'used', 60_000);
      expect(await names()).toEqual(['unused', 'used']);
      await arriving.keep('arrived');
      await uploads.receive(chunksOf(LARGE));
      await uploads.clear((one) => one === 'used', EVERYTHING_MS);
      expect(await names()).toEqual(['used']);
    });
  });
}
