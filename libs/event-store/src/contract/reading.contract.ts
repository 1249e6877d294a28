import { BEFORE_FIRST, type EventStore, type StoredEvent } from '../event-store.port.js';
import { events, newStream, numbers, toNewStream } from './support.js';

export function describeReading(store: () => EventStore): void {
  describe('reading a stream', () => {
    const stream = newStream();
    beforeAll(async () => {
      await store().append({ stream, expected: 'no_stream', events: events(5) });
    });

    it.each([
      [{}, [0, 1, 2, 3, 4]],
      [{ from: 3 }, [3, 4]],
      [{ from: 1, limit: 2 }, [1, 2]],
      [{ from: 5 }, []],
      [{ limit: 0 }, []],
      [{ direction: 'backwards' as const }, [4, 3, 2, 1, 0]],
      [{ direction: 'backwards' as const, from: 2 }, [2, 1, 0]],
      [{ direction: 'backwards' as const, from: 99, limit: 1 }, [4]],
      [{ direction: 'backwards' as const, from: 0 }, [0]],
      [{ direction: 'backwards' as const, limit: 2 }, [4, 3]],
    ])('%j gives %j', async (read, expected) => {
      expect(numbers(await store().readStream({ stream, ...read }))).toEqual(expected);
    });

    it('gives nothing of a stream that does not exist, in either direction', async () => {
      const missing = newStream();
      expect(await store().readStream({ stream: missing })).toEqual([]);
      expect(await store().readStream({ stream: missing, direction: 'backwards' })).toEqual([]);
    });

    it('tells names apart that start alike', async () => {
      const longer = `${stream}-`;
      await store().append({ stream: longer, expected: 'no_stream', events: events(1, 100) });
      expect(numbers(await store().readStream({ stream }))).toEqual([0, 1, 2, 3, 4]);
      expect(numbers(await store().readStream({ stream: longer }))).toEqual([100]);
    });

    it('reads a long stream whole, both ways', async () => {
      const long = newStream();
      const count = 2_500;
      await store().append({ stream: long, expected: 'no_stream', events: events(count) });
      const all = Array.from({ length: count }, (_, n) => n);
      expect(numbers(await store().readStream({ stream: long }))).toEqual(all);
      const backwards = await store().readStream({ stream: long, direction: 'backwards' });
      expect(numbers(backwards)).toEqual([...all].reverse());
    });
  });

  describe('reading all', () => {
    const prefix = newStream('all');
    let stored: StoredEvent[];
    beforeAll(async () => {
      await store().append(toNewStream(2));
      for (let n = 0; n < 6; n += 1) {
        const stream = `${prefix}-${n % 2 === 0 ? 'even' : 'odd'}-${n}`;
        await store().append({ stream, expected: 'no_stream', events: events(1, n) });
        await store().append(toNewStream());
      }
      stored = [...(await store().readAll({ limit: 10, prefixes: [`${prefix}-`] }))];
    });
    const position = (n: number) => (stored[n] as StoredEvent).position;
    const read = async (request: object) => {
      const found = await store().readAll({ limit: 100, prefixes: [`${prefix}-`], ...request });
      return numbers(found);
    };

    it('finds what starts with a prefix, in the order of positions', async () => {
      expect(numbers(stored)).toEqual([0, 1, 2, 3, 4, 5]);
      expect(await read({ prefixes: [`${prefix}-odd`] })).toEqual([1, 3, 5]);
      expect(await read({ prefixes: [`${prefix}-odd`, `${prefix}-even`] })).toEqual([
        0, 1, 2, 3, 4, 5,
      ]);
      expect(await read({ prefixes: [`${prefix}-none`] })).toEqual([]);
      expect(await read({ prefixes: [] })).toEqual([]);
    });

    it('takes a prefix as it is, without wildcards and with its case', async () => {
      expect(await read({ prefixes: [`${prefix.slice(0, -1)}_`] })).toEqual([]);
      expect(await read({ prefixes: ['%'] })).toEqual([]);
      expect(await read({ prefixes: [`${prefix}-ODD`] })).toEqual([]);
    });

    it('starts at a position, inclusive, both ways', async () => {
      expect(await read({ from: position(2) })).toEqual([2, 3, 4, 5]);
      expect(await read({ from: position(2), limit: 2 })).toEqual([2, 3]);
      expect(await read({ direction: 'backwards' })).toEqual([5, 4, 3, 2, 1, 0]);
      expect(await read({ direction: 'backwards', from: position(2) })).toEqual([2, 1, 0]);
      expect(await read({ direction: 'backwards', from: position(2), limit: 1 })).toEqual([2]);
      expect(await read({ limit: 0 })).toEqual([]);
    });

    it('finds nothing beyond either end', async () => {
      const beyond = (await store().head()) + 1;
      expect(await store().readAll({ from: beyond, limit: 5 })).toEqual([]);
      const before = { direction: 'backwards' as const, from: BEFORE_FIRST, limit: 5 };
      expect(await store().readAll(before)).toEqual([]);
    });

    it('reads page by page what one read gives', async () => {
      const whole = await store().readAll({ limit: 5_000 });
      const paged: StoredEvent[] = [];
      for (;;) {
        // Positions are the store's own: a page is asked for from the last one, which comes again.
        const last = paged.at(-1)?.position;
        const start = last === undefined ? {} : { from: last };
        const page = await store().readAll({ ...start, limit: 97 });
        const fresh = page.filter(({ position: one }) => one !== last);
        paged.push(...fresh);
        if (fresh.length === 0 || paged.length >= whole.length) break;
      }
      expect(paged.slice(0, whole.length)).toEqual(whole);
    });

    it('gives the events of one append next to one another in its stream order', async () => {
      const append = toNewStream(4);
      const { position: last } = await store().append(append);
      const found = await store().readAll({ direction: 'backwards', from: last, limit: 4 });
      expect(numbers(found)).toEqual([3, 2, 1, 0]);
      expect(new Set(found.map(({ stream }) => stream))).toEqual(new Set([append.stream]));
    });
  });
}
