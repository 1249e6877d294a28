import type { EventStore } from '../event-store.port.js';
import { contentOf, event, events, newStream, numbers, toNewStream } from './support.js';

export function describeAppending(store: () => EventStore): void {
  describe('appending', () => {
    it('answers with the revision and position of the last event', async () => {
      const append = toNewStream(3);
      const appended = await store().append(append);
      const stored = await store().readStream({ stream: append.stream });
      expect(appended).toEqual({ revision: 2, position: stored[2]?.position });
    });

    it('goes on from the revision that it expects', async () => {
      const first = toNewStream(2);
      await store().append(first);
      const more = { stream: first.stream, expected: 1, events: events(2, 2) };
      expect((await store().append(more)).revision).toBe(3);
      expect(numbers(await store().readStream({ stream: first.stream }))).toEqual([0, 1, 2, 3]);
    });

    it('gives later appends greater positions', async () => {
      const positions: number[] = [];
      for (let n = 0; n < 5; n += 1) {
        positions.push((await store().append(toNewStream())).position);
      }
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      expect(await store().head()).toBeGreaterThanOrEqual(positions[4] as number);
    });

    it('keeps data, metadata, type and id as they were', async () => {
      const odd = event(
        {
          text: 'Nguyễn Gia Khương 🧾 \u0000 \ud800 "\\ \u2028',
          nested: { list: [1, -0.5, 1e21, null, true, { deep: [] }], '': 'empty key' },
          absent: undefined,
        },
        { type: 'Thử nghiệm', metadata: { actor: { kind: 'user', id: 'ü' } } },
      );
      const stream = newStream('Khách hàng');
      await store().append({ stream, expected: 'no_stream', events: [odd] });
      const [stored] = await store().readStream({ stream });
      const { absent: _, ...data } = odd.data;
      expect(stored).toEqual({
        ...contentOf({ ...odd, data }),
        stream,
        revision: 0,
        position: expect.any(Number),
      });
    });

    it('lets one of 64 simultaneous appends with one expectation win', async () => {
      const { stream } = toNewStream();
      const attempts = Array.from({ length: 64 }, (_, n) => toNewStream(1 + (n % 3), stream));
      const outcomes = await Promise.allSettled(attempts.map((append) => store().append(append)));
      const won = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
      expect(won).toHaveLength(1);
      const winner = attempts[won[0] as number]?.events ?? [];
      const stored = await store().readStream({ stream });
      expect(stored.map(({ id }) => id)).toEqual(winner.map(({ id }) => id));
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') continue;
        const actual = winner.length - 1;
        expect(outcome.reason).toMatchObject({ name: 'WrongExpectedRevision', stream, actual });
      }
    });

    it('lets simultaneous appends that build on one another through in order', async () => {
      const stream = newStream();
      const chain = Array.from({ length: 64 }, (_, n) =>
        store().append({ stream, expected: n === 0 ? 'no_stream' : n - 1, events: events(1, n) }),
      );
      const revisions = (await Promise.all(chain)).map(({ revision }) => revision);
      expect(revisions).toEqual(chain.map((_, n) => n));
    });

    it('stores all or nothing of each of many simultaneous appends', async () => {
      const appends = Array.from({ length: 64 }, (_, n) => toNewStream(1 + (n % 7)));
      const refused = appends.map(({ stream }) => ({ stream, expected: 3, events: events(4) }));
      const all = appends.flatMap((append, n) => [refused[n], append]);
      const outcomes = await Promise.allSettled(
        all.map((append) => store().append(append as (typeof appends)[number])),
      );
      for (const [index, append] of appends.entries()) {
        expect(outcomes[2 * index]?.status).toBe('rejected');
        expect(outcomes[2 * index + 1]?.status).toBe('fulfilled');
        const stored = await store().readStream({ stream: append.stream });
        expect(stored.map(contentOf)).toEqual(append.events.map(contentOf));
      }
    });
  });
}
