import * as fc from 'fast-check';
import { event } from '../contract/support.js';
import type { StoredEvent } from '../event-store.port.js';
import { runsOf } from './runs-of.js';

/** A log of the streams named, one event for each name. */
function logOf(streams: readonly string[], bytes = 10): readonly StoredEvent[] {
  const revisions = new Map<string, number>();
  return streams.map((stream, index) => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    return { ...event({ text: 'x'.repeat(bytes) }), stream, revision, position: index + 1 };
  });
}

describe('Runs of a log', () => {
  it('hold every event once, in order, each run of one stream and from where that stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 400 }), (streams) => {
        const log = logOf(streams);
        const runs = runsOf(log);
        const ids = runs.flatMap(({ events }) => events.map(({ id }) => id));
        expect(ids).toEqual(log.map(({ id }) => id));
        const seen = new Map<string, number>();
        for (const { stream, expected, events } of runs) {
          expect(expected).toBe(seen.get(stream) ?? 'no_stream');
          seen.set(stream, (seen.get(stream) ?? -1) + events.length);
        }
      }),
    );
  });

  it('are as few as the streams and the limits allow', () => {
    expect(
      runsOf(logOf(['a', 'a', 'b', 'b', 'b', 'a'])).map(({ events }) => events.length),
    ).toEqual([2, 3, 1]);
    expect(runsOf(logOf(Array(150).fill('a'))).map(({ events }) => events.length)).toEqual([
      100, 50,
    ]);
    expect(runsOf(logOf(['a', 'a', 'a'], 500_000)).map(({ events }) => events.length)).toEqual([
      2, 1,
    ]);
  });
});
