import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { ReadStoreUnavailable } from '../errors.js';
import type { CollectionDefinition, ReadStore } from '../read-store.port.js';
import { openEmbeddedReadStore } from './open-embedded-read-store.js';

const LEADS: CollectionDefinition = {
  name: 'leads',
  version: 1,
  indexes: [{ fields: ['n'] }, { fields: ['tags'], multi: 'exact' }],
};

describe('the file of the embedded read store', () => {
  const opened: ReadStore[] = [];
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'read store '));
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function open(options: { readOnly?: boolean; onRecreated?: (why: string) => void } = {}) {
    const store = openEmbeddedReadStore({ folder, ...options });
    opened.push(store);
    return store;
  }

  function put(store: ReadStore, n: number, tags: readonly string[] = ['x']) {
    const document = { id: `d${n}`, n, tags };
    return store.write({
      writes: [{ kind: 'put', collection: LEADS, document, position: n }],
      checkpoints: { leads: n },
    });
  }

  it('is there again after closing', async () => {
    const store = open();
    await put(store, 1);
    await store.close();
    const again = open({ onRecreated: () => expect('kept').toBe('recreated') });
    expect(await again.count(LEADS, { tags: 'x' }, 10)).toBe(1);
    expect((await again.checkpoints(['leads'])).get('leads')).toBe(1);
  });

  it('keeps nothing of a batch that fails half-way', async () => {
    const store = open();
    await put(store, 1);
    const broken = { id: 'd2', n: 2, self: {} };
    broken.self = {
      toJSON: () => {
        throw new Error('unwritable');
      },
    };
    const writes = [
      { kind: 'put' as const, collection: LEADS, document: { id: 'd3', n: 3 }, position: 3 },
      { kind: 'put' as const, collection: LEADS, document: broken, position: 4 },
    ];
    await expect(store.write({ writes, checkpoints: { leads: 4 } })).rejects.toThrow(
      ReadStoreUnavailable,
    );
    expect((await store.checkpoints(['leads'])).get('leads')).toBe(1);
    expect(await store.count(LEADS, {}, 10)).toBe(1);
    await put(store, 2);
    expect(await store.count(LEADS, { tags: 'x' }, 10)).toBe(2);
  });

  it('is read beside the writer, and sees what it writes and how it changes collections', async () => {
    const writer = open();
    await put(writer, 1);
    const reader = open({ readOnly: true });
    expect(await reader.count(LEADS, {}, 10)).toBe(1);
    await put(writer, 2);
    expect(await reader.count(LEADS, { n: 2 }, 10)).toBe(1);
    const list = { id: 'list', n: [5, 6] };
    await writer.write({
      writes: [{ kind: 'put', collection: LEADS, document: list, position: 9 }],
      checkpoints: {},
    });
    expect(await reader.count(LEADS, { n: 5 }, 10)).toBe(1);
    await writer.drop(LEADS);
    expect(await reader.count(LEADS, {}, 10)).toBe(0);
    await expect(put(reader, 3)).rejects.toThrow(ReadStoreUnavailable);
    await expect(reader.ensure(LEADS)).rejects.toThrow(ReadStoreUnavailable);
  });

  it('cannot be opened for reading before there is one, nor used once closed', async () => {
    expect(() => open({ readOnly: true })).toThrow(ReadStoreUnavailable);
    expect(existsSync(join(folder, 'read.db'))).toBe(false);
    const store = open();
    await store.close();
    await store.close();
    await expect(store.count(LEADS, {}, 1)).rejects.toThrow(ReadStoreUnavailable);
  });

  describe('when it cannot be trusted', () => {
    const path = () => join(folder, 'read.db');
    async function expectRecreated(): Promise<void> {
      const notices: string[] = [];
      const store = open({ onRecreated: (why) => notices.push(why) });
      expect(notices).toHaveLength(1);
      expect((await store.checkpoints(['leads'])).get('leads')).toBeUndefined();
      await put(store, 1);
      expect(await store.count(LEADS, {}, 10)).toBe(1);
      await store.close();
      open({ onRecreated: (why) => notices.push(why) });
      expect(notices).toHaveLength(1);
    }

    it.each([
      [
        'is no database',
        () => Buffer.from('not a database at all, but long enough to be looked at. '.repeat(100)),
      ],
      ['is cut to its first bytes', () => readFileSync(path()).subarray(0, 60)],
      [
        'has its first page overwritten',
        () => Buffer.concat([Buffer.alloc(100, 7), readFileSync(path()).subarray(100)]),
      ],
      [
        'has its list of tables overwritten',
        () => {
          const bytes = readFileSync(path());
          return bytes.fill(0xff, 100, 4_000);
        },
      ],
    ])('is replaced when it %s', async (_, content) => {
      const store = open();
      await put(store, 1);
      await store.close();
      writeFileSync(path(), content());
      await expectRecreated();
    });

    it('is replaced when it is another program’s', async () => {
      const foreign = new Database(path());
      foreign.exec('CREATE TABLE other (a)');
      foreign.close();
      await expectRecreated();
    });

    it('is refused, and left alone, when opened for reading', () => {
      writeFileSync(path(), 'garbage '.repeat(1_000));
      expect(() => open({ readOnly: true })).toThrow(ReadStoreUnavailable);
      expect(readFileSync(path(), 'utf8')).toMatch(/^garbage/);
    });

    it('says so when damage shows while it is used, and is replaced at the next start', async () => {
      const store = open();
      for (let n = 1; n < 200; n++) await put(store, n, [`tag ${n} ${'x'.repeat(200)}`]);
      await store.close();
      const bytes = readFileSync(path());
      writeFileSync(path(), bytes.fill(0xa5, 6 * 4_096));
      const damaged = open();
      await expect(
        damaged.find(LEADS, { filter: { y: 1 }, sort: [], limit: 1_000 }),
      ).rejects.toThrow(/damaged/);
      await damaged.close();
      await expectRecreated();
    });

    it('is not replaced because the folder cannot be used', () => {
      writeFileSync(path(), '');
      rmSync(path());
      mkdirSync(path());
      expect(() => open({ onRecreated: () => expect('refused').toBe('recreated') })).toThrow(
        ReadStoreUnavailable,
      );
    });
  });
});
