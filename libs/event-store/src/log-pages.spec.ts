import type { EventLog, Logged } from './event-log.port.js';
import { createLogFollower, logPages } from './log-pages.js';

/** A log whose positions have gaps, as a store's own may. */
function logOf(count: number) {
  const events = Array.from(
    { length: count },
    (_, index) => ({ position: index * 7 + 3 }) as Logged,
  );
  const readAll: EventLog['readAll'] = async ({ from = 0, limit }) => {
    if (from > 0 && !events.some(({ position }) => position === from))
      throw new Error('no such position');
    return events.filter(({ position }) => position >= from).slice(0, limit);
  };
  return {
    log: { readAll },
    grow: () => events.push({ position: events.length * 7 + 3 } as Logged),
  };
}

describe('The log page by page', () => {
  it.each([1, 2, 3, 7, 100])('gives every event once, in order, %i at a time', async (size) => {
    const positions: number[] = [];
    for await (const page of logPages(logOf(7).log, { prefixes: [], size })) {
      expect(page.length).toBeLessThanOrEqual(size);
      positions.push(...page.map(({ position }) => position));
    }
    expect(positions).toEqual([3, 10, 17, 24, 31, 38, 45]);
  });

  it('begins after a position and ends with another', async () => {
    const positions: number[] = [];
    const options = { after: 10, upTo: 31, prefixes: [], size: 2 };
    for await (const page of logPages(logOf(7).log, options)) {
      positions.push(...page.map(({ position }) => position));
    }
    expect(positions).toEqual([17, 24, 31]);
  });
});

describe('Following the log', () => {
  it('takes each event once, however often it is refreshed at once', async () => {
    const { log, grow } = logOf(5);
    const taken: number[] = [];
    const follower = createLogFollower(log, [], ({ position }) => taken.push(position));
    await Promise.all([follower.refresh(), follower.refresh()]);
    grow();
    await follower.refresh();
    expect(taken).toEqual([3, 10, 17, 24, 31, 38]);
    expect(follower.position()).toBe(38);
  });
});
