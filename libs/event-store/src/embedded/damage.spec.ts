import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { toNewStream } from '../contract/support.js';
import { StoreDamaged } from '../errors.js';
import type { StoredEvent } from '../event-store.port.js';
import { openEmbeddedEventStore } from './embedded-event-store.js';

const PAGE = 4_096;
const FRAME = 24 + PAGE;

/** The files of a log as a killed process leaves them. */
type Image = ReadonlyMap<string, Buffer>;

describe('A damaged log', () => {
  let folder: string;
  let checkpointed: Image;
  let killed: Image;
  let killedEarlier: Image;
  let all: readonly StoredEvent[];
  const file = (name: string) => join(folder, name);
  const take = (): Image =>
    new Map(
      readdirSync(folder)
        .filter((name) => !/lock|pid|shm/.test(name))
        .map((name) => [name, readFileSync(file(name))] as const)
        .filter(([name, bytes]) => name !== 'events.db-wal' || bytes.length > 0),
    );
  // Always a new folder: connections of the store before live on until they are collected, and delete their WAL by its name.
  const folders: string[] = [];
  const newFolder = () => {
    folder = mkdtempSync(join(tmpdir(), 'events '));
    folders.push(folder);
  };
  const put = (image: Image) => {
    newFolder();
    for (const [name, bytes] of image) writeFileSync(file(name), bytes);
  };
  const change = (name: string, edit: (bytes: Buffer) => void) => {
    const bytes = readFileSync(file(name));
    edit(bytes);
    writeFileSync(file(name), bytes);
  };
  const digests = (image: Image) =>
    [...image].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]);
  const flip = (at: number) => (bytes: Buffer) => {
    bytes[at] = (bytes[at] as number) ^ 0x40;
  };
  /** Pages keep remains of what once was in them, so a text can be there more than once. */
  const alter = (text: string) => (bytes: Buffer) => {
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text)) bytes.write('z', at);
  };
  const open = (fullCheckBytes?: number) =>
    openEmbeddedEventStore({ folder, ...(fullCheckBytes !== undefined && { fullCheckBytes }) });
  const readEverything = async () => {
    const store = await open();
    const events = await store.readAll({ limit: 100_000 });
    await store.close();
    return events;
  };
  const expectDamaged = async (why: RegExp = /./) => {
    const before = take();
    const failure = await open().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(StoreDamaged);
    expect((failure as StoreDamaged).message).toMatch(why);
    expect(digests(take())).toEqual(digests(before));
  };

  beforeAll(async () => {
    newFolder();
    const store = await open();
    for (let n = 0; n < 60; n += 1) await store.append(toNewStream(5));
    await store.close();
    checkpointed = take();
    const again = await open();
    for (let n = 0; n < 10; n += 1) await again.append(toNewStream(3));
    killedEarlier = take();
    await again.append(toNewStream(40));
    all = await again.readAll({ limit: 100_000 });
    killed = take();
    await again.close();
  });
  afterAll(() => {
    for (const used of folders) rmSync(used, { recursive: true, force: true });
  });

  it('is none after a kill', async () => {
    put(killed);
    expect(await readEverything()).toEqual(all);
  });

  it.each<[string, RegExp, () => void]>([
    ['is no database', /not a database/, () => change('events.db', (b) => b.fill(1, 0, 16))],
    ['is of another kind', /another kind/, () => change('events.db', (b) => b.fill(1, 68, 72))],
    ['is empty', /no header/, () => truncateSync(file('events.db'), 0)],
    ['is cut within its header', /no header/, () => truncateSync(file('events.db'), 50)],
    ['is gone', /missing/, () => rmSync(file('events.db'))],
    ['lacks its last page', /ends before page/, () => cut('events.db', PAGE)],
    ['lacks a part of a page', /ends before page/, () => cut('events.db', 100)],
    ['is cut in half', /ends before page/, () => cut('events.db', 10 * PAGE)],
    [
      'has zeroes in its middle',
      /./,
      () => change('events.db', (b) => b.fill(0, 9 * PAGE, 10 * PAGE)),
    ],
    [
      'has noise in its middle',
      /./,
      () => change('events.db', (b) => b.fill(0xa5, 7 * PAGE, 8 * PAGE)),
    ],
  ])('is reported when the file %s', async (_, why, damage) => {
    put(checkpointed);
    damage();
    await expectDamaged(why);
  });

  const cut = (name: string, bytes: number) =>
    truncateSync(file(name), readFileSync(file(name)).length - bytes);

  it('is reported with the position when an event is not as it was written', async () => {
    put(checkpointed);
    const { id, position } = all[100] as StoredEvent;
    change('events.db', alter(id));
    await expect(open()).rejects.toMatchObject({ name: 'StoreDamaged', position });
  });

  it.each<[string, () => void]>([
    ['is gone', () => rmSync(file('events.db-wal'))],
    ['is empty', () => truncateSync(file('events.db-wal'), 0)],
    ['lacks its last commit', () => cut('events.db-wal', FRAME)],
    ['is cut in half', () => truncateSync(file('events.db-wal'), 32 + 8 * FRAME)],
    ['has a bad header', () => change('events.db-wal', flip(20))],
    ['has no header', () => change('events.db-wal', (b) => b.fill(0, 0, 32))],
    ['has a bad page', () => change('events.db-wal', flip(32 + 5 * FRAME + 1_000))],
    ['has a bad checksum', () => change('events.db-wal', flip(32 + 5 * FRAME + 17))],
    ['has a frame of another log', () => change('events.db-wal', flip(32 + 5 * FRAME + 9))],
    [
      'has zeroes in its middle',
      () => change('events.db-wal', (b) => b.fill(0, 5 * FRAME, 9 * FRAME)),
    ],
    ['has a bad last commit', () => change('events.db-wal', (b) => flip(b.length - 500)(b))],
  ])('is reported when the WAL %s', async (_, damage) => {
    put(killed);
    damage();
    await expectDamaged();
  });

  it('is reported when the WAL is broken and nothing tells how far it was acknowledged', async () => {
    put(killed);
    rmSync(file('events.head'));
    change('events.db-wal', flip(32 + 5 * FRAME + 1_000));
    await expectDamaged(/frame 5 of the WAL/);
  });

  it('is none when a commit was cut short that nobody was told of', async () => {
    const wal = killed.get('events.db-wal') as Buffer;
    for (const bytes of [FRAME, 2 * FRAME + 17, 3 * FRAME]) {
      put(new Map([...killedEarlier, ['events.db-wal', wal.subarray(0, wal.length - bytes)]]));
      expect(await readEverything()).toEqual(all.slice(0, 330));
    }
  });

  it('is none when noise follows the last commit', async () => {
    put(killed);
    const wal = readFileSync(file('events.db-wal'));
    writeFileSync(file('events.db-wal'), Buffer.concat([wal, Buffer.alloc(3 * FRAME, 0x5a)]));
    expect(await readEverything()).toEqual(all);
  });

  it('is none when a crash left pages in the WAL alone', async () => {
    put(killed);
    const wal = readFileSync(file('events.db-wal'));
    copyFileSync(file('events.db'), file('copy'));
    await (await open()).close();
    const grown = readFileSync(file('events.db'));
    put(killed);
    // The first page says how long the file is to be; the checkpoint was cut short right after it.
    change('events.db', (bytes) => grown.copy(bytes, 0, 0, PAGE));
    expect(readFileSync(file('events.db-wal')).equals(wal)).toBe(true);
    expect(await readEverything()).toEqual(all);
  });

  it.each(['events.db', 'events.db-wal'])(
    'is either found at start or harmless, whichever bit of %s flips',
    async (name) => {
      const size = killed.get(name)?.length ?? 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(size - 1), async (at) => {
          put(killed);
          change(name, flip(at));
          const outcome = await readEverything().catch((error: unknown) => error);
          if (outcome instanceof StoreDamaged) return;
          expect(outcome).toEqual(all);
        }),
        { numRuns: 80 },
      );
    },
  );
});
