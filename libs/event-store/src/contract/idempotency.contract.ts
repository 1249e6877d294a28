import { WrongExpectedRevision } from '../errors.js';
import type { EventStore } from '../event-store.port.js';
import { event, events, newStream, toNewStream } from './support.js';

export function describeIdempotency(store: () => EventStore): void {
  describe('repeating an append', () => {
    const ids = async (stream: string) =>
      (await store().readStream({ stream })).map(({ id }) => id);

    it('answers with the first result and stores nothing', async () => {
      const append = toNewStream(2);
      const first = await store().append(append);
      expect(await store().append(append)).toEqual(first);
      expect(await ids(append.stream)).toHaveLength(2);
    });

    it('answers with the first result when the stream has gone on', async () => {
      const { stream } = toNewStream();
      await store().append(toNewStream(1, stream));
      const second = { stream, expected: 0, events: events(2) };
      const appended = await store().append(second);
      await store().append({ stream, expected: 2, events: events(3) });
      expect(await store().append(second)).toEqual(appended);
      expect(await ids(stream)).toHaveLength(6);
    });

    it('gives 64 simultaneous ones the same answer', async () => {
      const append = toNewStream(3);
      const answers = await Promise.all(Array.from({ length: 64 }, () => store().append(append)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await ids(append.stream)).toHaveLength(3);
    });

    it('recognises a prefix of what was stored', async () => {
      const append = toNewStream(3);
      await store().append(append);
      const [first] = await store().readStream({ stream: append.stream });
      const prefix = { ...append, events: append.events.slice(0, 1) };
      expect(await store().append(prefix)).toEqual({ revision: 0, position: first?.position });
    });

    it('recognises ids across the appends that stored them', async () => {
      const [a, b] = events(2);
      const stream = newStream();
      if (!a || !b) throw new Error('two events are needed');
      await store().append({ stream, expected: 'no_stream', events: [a] });
      const second = await store().append({ stream, expected: 0, events: [b] });
      expect(await store().append({ stream, expected: 'no_stream', events: [a, b] })).toEqual(
        second,
      );
    });

    it('compares ids only, never what the event says', async () => {
      const append = toNewStream();
      const first = await store().append(append);
      const other = event({ other: true }, { id: append.events[0]?.id as string, type: 'Other' });
      expect(await store().append({ ...append, events: [other] })).toEqual(first);
      expect(await store().readStream({ stream: append.stream })).toMatchObject([
        { type: 'Tested' },
      ]);
    });

    it.each([
      ['more than was stored', (all: readonly string[]) => [...all, event().id]],
      ['another order', (all: readonly string[]) => [...all].reverse()],
      ['a later part under the first expectation', (all: readonly string[]) => all.slice(1)],
      ['one other id', (all: readonly string[]) => [all[0] as string, event().id]],
    ])('refuses %s', async (_, change) => {
      const append = toNewStream(2);
      await store().append(append);
      const changed = change(append.events.map(({ id }) => id)).map((id) => event({}, { id }));
      await expect(store().append({ ...append, events: changed })).rejects.toMatchObject({
        name: 'WrongExpectedRevision',
        expected: 'no_stream',
        actual: 1,
      });
      expect(await ids(append.stream)).toHaveLength(2);
    });

    it('stores a known id again at the current revision', async () => {
      const append = toNewStream();
      await store().append(append);
      const again = { ...append, expected: 0 };
      const appended = await store().append(again);
      expect(appended.revision).toBe(1);
      expect(await store().append(again)).toEqual(appended);
      expect(await ids(append.stream)).toEqual([append.events[0]?.id, append.events[0]?.id]);
    });

    it('takes one id in two streams, and twice in one append', async () => {
      const same = event();
      const [one, two] = [newStream(), newStream()];
      await store().append({ stream: one, expected: 'no_stream', events: [same, same] });
      await store().append({ stream: two, expected: 'no_stream', events: [same] });
      expect(await ids(one)).toEqual([same.id, same.id]);
      expect(await ids(two)).toEqual([same.id]);
    });

    it('refuses a revision beyond the end, known id or not', async () => {
      const append = toNewStream();
      await store().append(append);
      await expect(store().append({ ...append, expected: 7 })).rejects.toEqual(
        new WrongExpectedRevision(append.stream, 7, 0),
      );
    });

    it('refuses any revision of a stream that does not exist', async () => {
      const { stream, events: proposed } = toNewStream();
      await expect(store().append({ stream, expected: 0, events: proposed })).rejects.toEqual(
        new WrongExpectedRevision(stream, 0, 'no_stream'),
      );
      expect(await ids(stream)).toEqual([]);
    });
  });
}
