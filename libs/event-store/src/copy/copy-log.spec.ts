import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { event, events, toNewStream } from '../contract/support.js';
import {
  type EmbeddedEventStore,
  openEmbeddedEventStore,
} from '../embedded/embedded-event-store.js';
import { StoreUnavailable } from '../errors.js';
import type { StoredEvent } from '../event-store.port.js';
import { compareLogs } from './compare-logs.js';
import { copyLog, endOf } from './copy-log.js';
import { oneAfterTheOther } from './copy-target.port.js';

const folders: string[] = [];
const opened: EmbeddedEventStore[] = [];
async function open(): Promise<EmbeddedEventStore> {
  const folder = mkdtempSync(join(tmpdir(), 'copy '));
  folders.push(folder);
  const store = await openEmbeddedEventStore({ folder });
  opened.push(store);
  return store;
}
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Fills a log with events of a few streams, in turn and in runs. */
async function fill(store: EmbeddedEventStore, streams: readonly number[]): Promise<void> {
  const names = Array.from({ length: 5 }, () => `lead-${randomUUID()}`);
  const revisions = new Map<string, number>();
  for (const index of streams) {
    const stream = names[index % 5] ?? '';
    const expected = revisions.get(stream) ?? 'no_stream';
    const { revision } = await store.append({ stream, expected, events: events(1 + (index % 3)) });
    revisions.set(stream, revision);
  }
}

async function contents(store: EmbeddedEventStore): Promise<Omit<StoredEvent, 'position'>[]> {
  const all = await store.readAll({ limit: 10_000 });
  return all.map(({ position: _, ...content }) => content);
}

/** Takes so many appends and then fails as a server that is gone. */
function failingAfter(store: EmbeddedEventStore, count: number) {
  let left = count;
  return oneAfterTheOther({
    readAll: store.readAll,
    append: (append) => {
      left -= 1;
      return left >= 0 ? store.append(append) : Promise.reject(new StoreUnavailable('of a test'));
    },
  });
}

describe('A copy of a log', () => {
  it('is the same, wherever it was interrupted and by whatever way it goes on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(14), { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat(30), { maxLength: 3 }),
        async (streams, breaks) => {
          const [source, target] = [await open(), await open()];
          await fill(source, streams);
          for (const count of breaks) {
            await copyLog({ source, target: failingAfter(target, count) }).catch((error) => {
              expect(error).toBeInstanceOf(StoreUnavailable);
            });
          }
          const copied = await copyLog({ source, target });
          expect(await contents(target)).toEqual(await contents(source));
          expect(copied.events).toBe((await contents(source)).length);
          expect((await copyLog({ source, target })).before).toBe(copied.events);
        },
      ),
      { numRuns: 20 },
    );
  }, 60_000);

  it('takes in what the source has got since', async () => {
    const [source, target] = [await open(), await open()];
    await fill(source, [1, 2, 3]);
    await copyLog({ source, target });
    await fill(source, [1, 7]);
    const { events: count, before } = await copyLog({ source, target });
    expect(await contents(target)).toEqual(await contents(source));
    expect(before).toBeLessThan(count);
  });

  it('stops between two appends when it is told to, and tells how far it is', async () => {
    const [source, target] = [await open(), await open()];
    for (let n = 0; n < 12; n += 1) await source.append(toNewStream(100));
    const stopping = new AbortController();
    const told: number[] = [];
    const { signal } = stopping;
    const onProgress = ({ events: count }: { events: number }) => {
      told.push(count);
      stopping.abort();
    };
    await expect(copyLog({ source, target, signal, onProgress })).rejects.toThrow();
    expect(told).toEqual([500]);
    await copyLog({ source, target });
    expect(await contents(target)).toEqual(await contents(source));
  });

  it.each([
    ['has an event of its own', async (target: EmbeddedEventStore) => target.append(toNewStream())],
    [
      'goes on where the source ends',
      async (target: EmbeddedEventStore, source: EmbeddedEventStore) => {
        await copyLog({ source, target });
        await target.append(toNewStream());
      },
    ],
    [
      'has the same event with another content',
      async (target: EmbeddedEventStore, source: EmbeddedEventStore) => {
        const [first] = await source.readAll({ limit: 1 });
        const { stream = '', id = '' } = first ?? {};
        await target.append({ stream, expected: 'no_stream', events: [event({ x: 1 }, { id })] });
      },
    ],
  ])('is refused by a target that %s, which stays as it is', async (_, prepare) => {
    const [source, target] = [await open(), await open()];
    await fill(source, [0, 1]);
    await prepare(target, source);
    const before = await contents(target);
    await expect(copyLog({ source, target })).rejects.toMatchObject({ name: 'LogsDiffer' });
    expect(await contents(target)).toEqual(before);
  });

  it('notices when somebody else writes to the target', async () => {
    const [source, target] = [await open(), await open()];
    await fill(source, [0]);
    const [first] = await source.readAll({ limit: 1 });
    const racing = {
      readAll: target.readAll,
      appendInOrder: async (appends: Parameters<typeof target.appendInOrder>[0]) => {
        await target.append({
          stream: first?.stream ?? '',
          expected: 'no_stream',
          events: events(3),
        });
        await target.appendInOrder(appends);
      },
    };
    await expect(copyLog({ source, target: racing })).rejects.toThrow(/somebody else writes/);
  });

  it('of an empty log is empty', async () => {
    const [source, target] = [await open(), await open()];
    expect(await copyLog({ source, target })).toMatchObject({ events: 0, before: 0 });
    const upTo = await endOf(source);
    expect(await compareLogs({ source, target, upTo })).toMatchObject({ events: 0, more: false });
  });
});
