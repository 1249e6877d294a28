import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { event, toNewStream } from '../contract/support.js';
import { StoreLocked, StoreUnavailable } from '../errors.js';
import { openEmbeddedEventStore } from './embedded-event-store.js';

describe('The folder of an embedded event store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'events ü#?% '));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('that cannot be made is named', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const [impossible, why] of [
      [file, `${file} is not a folder`],
      [join(file, 'a'), `${file} is not a folder`],
      ['/proc/leadledger', 'the folder /proc/leadledger cannot be made'],
    ] as const) {
      await expect(openEmbeddedEventStore({ folder: impossible })).rejects.toThrow(why);
    }
  });

  it('is made when it is missing, for its owner only', async () => {
    const deep = join(folder, 'a', 'b');
    const store = await openEmbeddedEventStore({ folder: deep });
    await store.append(toNewStream());
    expect(statSync(deep).mode & 0o077).toBe(0);
    for (const name of ['events.db', 'events.db-wal', 'events.head', 'events.pid']) {
      expect([name, statSync(join(deep, name)).mode & 0o077]).toEqual([name, 0]);
    }
    await store.close();
  });

  it('is open once, by whatever path', async () => {
    const store = await openEmbeddedEventStore({ folder });
    await expect(openEmbeddedEventStore({ folder })).rejects.toEqual(
      new StoreLocked(folder, process.pid),
    );
    const alias = join(folder, 'alias');
    symlinkSync(folder, alias);
    await expect(openEmbeddedEventStore({ folder: alias })).rejects.toThrow(StoreLocked);
    await store.append(toNewStream());
    await store.close();
    await (await openEmbeddedEventStore({ folder })).close();
  });

  it('holds all in one file when closed, and no pid', async () => {
    const store = await openEmbeddedEventStore({ folder });
    await store.append(toNewStream());
    await store.close();
    const walFile = join(folder, 'events.db-wal');
    expect(existsSync(walFile) ? statSync(walFile).size : 0).toBe(0);
    expect(readdirSync(folder)).not.toContain('events.pid');
  });

  it('is let go when it cannot be opened', async () => {
    mkdirSync(join(folder, 'events.db'));
    await expect(openEmbeddedEventStore({ folder })).rejects.toThrow(StoreUnavailable);
    rmSync(join(folder, 'events.db'), { recursive: true });
    await (await openEmbeddedEventStore({ folder })).close();
  });

  it('is named a cause when it cannot be used', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const readOnly of [false, true]) {
      const opening = openEmbeddedEventStore({ folder: join(folder, 'file', 'x'), readOnly });
      await expect(opening).rejects.toThrow(StoreUnavailable);
    }
  });

  it('has to be there to be read', async () => {
    const missing = join(folder, 'missing');
    for (const nothing of [folder, missing]) {
      await expect(openEmbeddedEventStore({ folder: nothing, readOnly: true })).rejects.toThrow(
        StoreUnavailable,
      );
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('can be read beside its writer, which goes on undisturbed', async () => {
    const store = await openEmbeddedEventStore({ folder });
    for (let round = 0; round < 3; round += 1) {
      const reader = await openEmbeddedEventStore({ folder, readOnly: true });
      const append = toNewStream(2);
      const { position } = await store.append(append);
      expect(await reader.head()).toBe(position);
      expect(await reader.readStream({ stream: append.stream })).toHaveLength(2);
      await expect(reader.append(toNewStream())).rejects.toThrow(StoreUnavailable);
      await reader.close();
    }
    expect(await store.readAll({ limit: 100 })).toHaveLength(6);
    await store.close();
  });

  it('wakes a reader that follows', async () => {
    const store = await openEmbeddedEventStore({ folder });
    const reader = await openEmbeddedEventStore({ folder, readOnly: true });
    const ending = new AbortController();
    const seen: number[] = [];
    for await (const { events, live } of reader.subscribe({ signal: ending.signal })) {
      seen.push(...events.map(({ position }) => position));
      if (seen.length === 3) ending.abort();
      else if (live) {
        const stream = `lead-${seen.length}`;
        setTimeout(() => store.append({ stream, expected: 'no_stream', events: [event()] }), 5);
      }
    }
    expect(seen).toEqual([1, 2, 3]);
    await reader.close();
    await store.close();
  });

  it('shows a reader at once what it is told of', async () => {
    const store = await openEmbeddedEventStore({ folder });
    const reader = await openEmbeddedEventStore({ folder, readOnly: true });
    const ending = new AbortController();
    const following = reader.subscribe({ signal: ending.signal })[Symbol.asyncIterator]();
    await following.next();
    const waits: number[] = [];
    for (let round = 1; round <= 5; round += 1) {
      const next = following.next();
      await store.append(toNewStream());
      const told = performance.now();
      reader.lookAgain();
      expect((await next).value).toMatchObject({ checkpoint: round });
      waits.push(performance.now() - told);
    }
    // A poll would come after 100 ms, so after 50 in the mean.
    expect(Math.min(...waits)).toBeLessThan(25);
    ending.abort();
    await reader.close();
    await store.close();
  });

  it('wakes a reader also when somebody else has asked for the head', async () => {
    const store = await openEmbeddedEventStore({ folder });
    const reader = await openEmbeddedEventStore({ folder, readOnly: true });
    const ending = new AbortController();
    const following = reader.subscribe({ signal: ending.signal })[Symbol.asyncIterator]();
    await following.next();
    const next = following.next();
    await store.append(toNewStream());
    expect(await reader.head()).toBe(1);
    expect((await next).value).toMatchObject({ checkpoint: 1 });
    ending.abort();
    await reader.close();
    await store.close();
  });
});
