import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readPlace, writePlace } from './timeline-cursor.js';

describe('the cursor of a timeline', () => {
  it('says where each of its streams goes on, whatever they are', () => {
    const places = fc.dictionary(fc.uuid(), fc.nat({ max: 2 ** 40 }), { maxKeys: 40 });
    fc.assert(
      fc.property(places, fc.nat({ max: Number.MAX_SAFE_INTEGER }), (place, before) => {
        const revisions = new Map(Object.entries(place).map(([id, at]) => [`lead-${id}`, at]));
        const streams = [...revisions.keys(), 'lead-shown-to-its-end'];
        expect(readPlace(writePlace({ revisions, before }, streams), streams)).toEqual({
          revisions,
          before,
        });
      }),
    );
  });

  it('stays short for 501 streams', () => {
    const streams = Array.from({ length: 501 }, (_, n) => `lead-${n}`);
    const revisions = new Map(streams.map((stream) => [stream, 1_000]));
    const cursor = writePlace({ revisions, before: 2 ** 50 }, streams);
    expect(cursor.length).toBeLessThan(4_100);
    expect(readPlace(cursor, streams).revisions).toEqual(revisions);
  });

  it('is refused when it is none, was cut off, or names a stream that does not take part', () => {
    const streams = ['lead-a', 'lead-b'];
    const cursor = writePlace({ revisions: new Map([['lead-a', 200]]), before: 900 }, streams);
    const cut = Array.from(cursor, (_, length) => cursor.slice(0, length));
    // A cursor that ends after its position says that all streams were shown to their end.
    const alone = writePlace({ revisions: new Map(), before: 900 }, streams);
    for (const text of [...cut, 'x', '!', `${cursor}AA`, `${cursor}=`]) {
      if (text === alone) continue;
      expect(() => readPlace(text, streams)).toThrow('does not belong');
    }
    expect(() => readPlace(cursor, ['lead-b'])).toThrow('does not belong');
  });
});
