import type { JsonObject } from '#crm';
import { AppendTooLarge, InvalidAppend } from '../errors.js';
import {
  type Append,
  type EventStore,
  MAX_APPEND_BYTES,
  MAX_METADATA_BYTES,
} from '../event-store.port.js';
import { event, newStream, toNewStream } from './support.js';

/** Data of exactly so many bytes as JSON. */
function dataOf(bytes: number, filler = 'x'): JsonObject {
  const around = Buffer.byteLength(JSON.stringify({ d: '' }));
  const size = Buffer.byteLength(filler);
  const count = Math.floor((bytes - around) / size);
  return { d: filler.repeat(count) + 'x'.repeat(bytes - around - count * size) };
}

const circular: Record<string, unknown> = {};
circular.self = circular;

export function describeRefusals(store: () => EventStore): void {
  describe('refusing an append', () => {
    const one = (over: object): Append => ({ ...toNewStream(), events: [event({}, over)] });

    it.each<[string, Append]>([
      ['no event', { ...toNewStream(), events: [] }],
      ['a stream without a name', toNewStream(1, '')],
      ['a system stream', toNewStream(1, '$settings')],
      ['the stream that stops EventStoreDB', toNewStream(1, '$$')],
      ['a control character in the name', toNewStream(1, 'lead-\n')],
      ['half a character in the name', toNewStream(1, 'lead-\ud800')],
      ['a name without end', toNewStream(1, 'x'.repeat(10_000))],
      ['an id that is no UUID', one({ id: 'not-a-uuid' })],
      ['an empty id', one({ id: '' })],
      ['the nil UUID', one({ id: '00000000-0000-0000-0000-000000000000' })],
      ['no type', one({ type: '' })],
      ['a system type', one({ type: '$metadata' })],
      ['a control character in the type', one({ type: 'A\u0000' })],
      ['no data', one({ data: undefined })],
      ['data that is null', one({ data: null })],
      ['data that is a list', one({ data: [] })],
      ['a bigint', one({ data: { n: 1n } })],
      ['a circle', one({ data: circular })],
      ['no metadata', one({ metadata: undefined })],
      ['a circle in the metadata', one({ metadata: circular })],
      ['a negative revision', { ...toNewStream(), expected: -1 }],
      ['half a revision', { ...toNewStream(), expected: 0.5 }],
      ['any revision', { ...toNewStream(), expected: 'any' as 'no_stream' }],
    ])('refuses %s', async (_, append) => {
      const beside = toNewStream();
      const [refused, accepted] = await Promise.allSettled([
        store().append(append),
        store().append(beside),
      ]);
      expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(InvalidAppend) });
      expect(accepted.status).toBe('fulfilled');
    });

    it('names no value in the message', async () => {
      const data = { name: 'Khương', toJSON: () => BigInt(1) } as unknown as JsonObject;
      const refusal = store().append(one({ data }));
      await expect(refusal).rejects.toThrow(InvalidAppend);
      await expect(refusal).rejects.not.toThrow('Khương');
    });

    it.each(['x', 'ữ', '🧾'])('takes 1,048,576 bytes of %s and not one more', async (filler) => {
      const stream = newStream();
      const exact = [event(dataOf(MAX_APPEND_BYTES, filler))];
      const more = [event(dataOf(MAX_APPEND_BYTES + 1, filler))];
      await expect(store().append({ stream, expected: 'no_stream', events: more })).rejects.toEqual(
        new AppendTooLarge(stream, MAX_APPEND_BYTES + 1, MAX_APPEND_BYTES),
      );
      await store().append({ stream, expected: 'no_stream', events: exact });
      const [stored] = await store().readStream({ stream });
      expect(stored?.data).toEqual(exact[0]?.data);
    });

    it('sums the data of an append, and leaves type and metadata out', async () => {
      const half = MAX_APPEND_BYTES / 2;
      const metadata = { padding: 'x'.repeat(2_000) };
      const both = [event(dataOf(half), { metadata }), event(dataOf(half), { metadata })];
      const over = [event(dataOf(half)), event(dataOf(half + 1))];
      const { stream } = toNewStream();
      await expect(store().append({ stream, expected: 'no_stream', events: over })).rejects.toThrow(
        AppendTooLarge,
      );
      expect(await store().readStream({ stream })).toEqual([]);
      await store().append({ stream, expected: 'no_stream', events: both });
    });

    it('takes as much metadata as data, and not more, which a server would break down at', async () => {
      const padded = (bytes: number) => event({}, { metadata: dataOf(bytes) });
      const { stream } = toNewStream();
      const more = [padded(MAX_METADATA_BYTES / 2), padded(MAX_METADATA_BYTES / 2 + 1)];
      await expect(store().append({ stream, expected: 'no_stream', events: more })).rejects.toEqual(
        new AppendTooLarge(stream, MAX_METADATA_BYTES + 1, MAX_METADATA_BYTES),
      );
      const exact = [padded(MAX_METADATA_BYTES)];
      await store().append({ stream, expected: 'no_stream', events: exact });
      const [stored] = await store().readStream({ stream });
      expect(stored?.metadata).toEqual(exact[0]?.metadata);
    });

    it('looks at the size before the revision', async () => {
      const events = [event(dataOf(MAX_APPEND_BYTES + 1))];
      const refusal = store().append({ stream: newStream(), expected: 5, events });
      await expect(refusal).rejects.toThrow(AppendTooLarge);
    });
  });
}
