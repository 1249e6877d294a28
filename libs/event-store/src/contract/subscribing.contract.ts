import type { EventBatch, EventStore } from '../event-store.port.js';
import { collect, events, newStream, numbers, toNewStream } from './support.js';

export function describeSubscribing(store: () => EventStore): void {
  describe('subscribing', () => {
    const liveNow = (_: unknown, { live }: EventBatch) => live;

    it('gives what was there, then says that it is live', async () => {
      const { stream } = toNewStream();
      const { position } = await store().append(toNewStream(7, stream));
      const { events: found, batches } = await collect(
        store(),
        { prefixes: [stream], batchSize: 3 },
        liveNow,
      );
      expect(numbers(found)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(Math.max(...batches.map((batch) => batch.events.length))).toBeLessThanOrEqual(3);
      expect(batches.at(-1)?.checkpoint).toBeGreaterThanOrEqual(position);
    });

    it('says that it is live when there is nothing to give', async () => {
      const after = await store().head();
      const { batches } = await collect(store(), { after, prefixes: [newStream()] }, liveNow);
      expect(batches.at(-1)).toMatchObject({ events: [], live: true });
      expect(batches.at(-1)?.checkpoint).toBeGreaterThanOrEqual(after);
    });

    it('starts after a position, exclusive', async () => {
      const { stream } = toNewStream();
      const { position } = await store().append(toNewStream(2, stream));
      await store().append({ stream, expected: 1, events: events(2, 2) });
      const { events: found } = await collect(
        store(),
        { after: position },
        (all) => all.length >= 2,
      );
      expect(numbers(found.filter((one) => one.stream === stream))).toEqual([2, 3]);
    });

    it('gives what comes later, soon', async () => {
      const prefix = newStream('later');
      let appended = 0;
      const { events: found } = await collect(
        store(),
        { prefixes: [prefix] },
        (all) => all.length === 3,
        async ({ live }) => {
          if (!live || appended === 3) return;
          await store().append(toNewStream(1, `${prefix}-${appended}`));
          appended += 1;
        },
      );
      expect(found.map(({ stream }) => stream)).toEqual([0, 1, 2].map((n) => `${prefix}-${n}`));
    });

    it('neither misses nor repeats an event under concurrent appends', async () => {
      const prefix = newStream('busy');
      const total = 1_200;
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        const stream = `${prefix}-${writer}`;
        for (let n = 0; n < total / 8; n += 1) {
          const expected = n === 0 ? 'no_stream' : n - 1;
          await store().append({ stream, expected, events: events(1, n) });
        }
      });
      const subscriptions = [1, 7, 500].map((batchSize) =>
        collect(store(), { prefixes: [prefix], batchSize }, (all) => all.length >= total),
      );
      await Promise.all(writers);
      const stored = await store().readAll({ limit: 2 * total, prefixes: [prefix] });
      for (const { events: found, batches } of await Promise.all(subscriptions)) {
        expect(found.map(({ position }) => position)).toEqual(stored.map((one) => one.position));
        const checkpoints = batches.map(({ checkpoint }) => checkpoint);
        expect(checkpoints).toEqual([...checkpoints].sort((a, b) => a - b));
      }
    });

    it('resumes from any checkpoint without gap or repeat', async () => {
      const prefix = newStream('resume');
      for (let n = 0; n < 40; n += 1) {
        await store().append(toNewStream(1, `${prefix}-${n}`));
        await store().append(toNewStream(3));
      }
      const request = { prefixes: [prefix], batchSize: 7 };
      const { events: all, batches } = await collect(store(), request, liveNow);
      expect(all).toHaveLength(40);
      let given = 0;
      for (const { events: part, checkpoint } of batches) {
        given += part.length;
        const rest = await collect(store(), { ...request, after: checkpoint }, liveNow);
        expect(rest.events).toEqual(all.slice(given));
      }
    });

    it('moves the checkpoint over a stretch where nothing matches', async () => {
      const after = await store().head();
      let head = after;
      for (let n = 0; n < 4; n += 1) head = (await store().append(toNewStream(500))).position;
      const { batches } = await collect(store(), { after, prefixes: [newStream()] }, liveNow);
      expect(batches.at(-1)?.checkpoint).toBeGreaterThanOrEqual(head);
    });

    it.each(['at once', 'while it waits'])(
      'ends without an error when aborted %s',
      async (when) => {
        const ending = new AbortController();
        if (when === 'at once') ending.abort();
        const request = { after: await store().head(), signal: ending.signal };
        for await (const { live } of store().subscribe(request)) {
          if (live) setTimeout(() => ending.abort(), 20);
        }
        expect(ending.signal.aborted).toBe(true);
      },
    );

    it('can be left by the consumer', async () => {
      const { signal } = new AbortController();
      for await (const _ of store().subscribe({ signal })) break;
      await store().append(toNewStream());
    });

    it('passes on what the consumer throws', async () => {
      const { signal } = new AbortController();
      const consuming = async () => {
        for await (const _ of store().subscribe({ signal })) throw new Error('consumer');
      };
      await expect(consuming()).rejects.toThrow('consumer');
    });
  });
}
